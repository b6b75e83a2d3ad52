import SeededRandom
import PostgreSQL
import TestSupport

/// Ends random sessions that a server has in its databases, rather those that do something.
enum SessionKiller {
    /// Goes on until the tally says that it is enough. It ends when the last session has: whoever was told to end takes one
    /// more statement perhaps, and fails it, which would look like a fault after the last kill. The server's role may end its own sessions; its databases are told by their names,
    /// since others use the same PostgreSQL.
    static func run(in tenants: TestTenants, seed: UInt64, _ tally: SoakTally) async throws {
        var random = SplitMix64(state: seed)
        let databases = ([tenants.central] + tenants.members.map(\.database)).map(\.name).joined(separator: " ")
        let endpoint = try PostgreSQLEndpoint(url: tenants.central.url)
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 1), logger: .quiet)
        do {
            try await pool.withConnection(to: endpoint) { connection in
                while !tally.isKillingOver {
                    let rows = try await connection.query(
                        """
                        SELECT count(pg_terminate_backend(pid, 5000))::integer FROM (
                            SELECT pid FROM pg_stat_activity
                            WHERE datname = ANY (string_to_array($1, ' ')) AND usename = current_user
                                AND pid <> pg_backend_pid()
                            ORDER BY random() + CASE state WHEN 'idle' THEN 0.5 ELSE 0 END LIMIT 1
                        ) AS sessions
                        """, [.text(databases)])
                    tally.killed(try rows.first?.decode(Int.self, 0) ?? 0)
                    try await Task.sleep(for: .milliseconds(.random(in: 5...50, using: &random)))
                }
            }
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}
