import PostgreSQL
import TestSupport

extension TestServer {
    /// Runs `body` while nobody can read the connections; it is given a way to count the statements that wait for them.
    func withBlockedConnections<Outcome: Sendable>(
        _ body: (@escaping @Sendable () async throws -> Int) async throws -> Outcome
    ) async throws -> Outcome {
        let owner = try PostgreSQLEndpoint(url: tenants.central.ownerURL)
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 2), logger: .quiet)
        do {
            let outcome = try await pool.withConnection(to: owner) { connection in
                try await connection.withTransaction { connection in
                    try await connection.executeScript("LOCK TABLE subscription.connections")
                    return try await body {
                        try await pool.withConnection(to: owner) { connection in
                            let rows = try await connection.query(
                                """
                                SELECT count(*)::integer FROM pg_locks JOIN pg_database ON pg_database.oid = database
                                WHERE datname = current_database() AND NOT granted
                                """, [])
                            return try rows.first?.decode(Int.self, 0) ?? 0
                        }
                    }
                }
            }
            await pool.close()
            return outcome
        } catch {
            await pool.close()
            throw error
        }
    }
}
