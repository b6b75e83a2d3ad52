import FoundationEssentials
import PostgreSQL

/// How many connections a database's server has left for Accord.
package struct ConnectionRoom: Hashable, Sendable {
    /// `max_connections`.
    package let maximum: Int
    /// Kept for superusers and for privileged roles.
    package let reserved: Int
    /// What others than Accord have open now.
    package let usedByOthers: Int
    /// The limit of the role or of the database, whichever is less; nil when there is none.
    package var ownLimit: Int?

    /// How many Accord may have open.
    package var free: Int { min(maximum - reserved - usedByOthers, ownLimit ?? .max) }

    /// What PostgreSQL shows the server's connections as in `pg_stat_activity`.
    package static let serversApplicationName = "accord"
    /// And those of an inspection.
    package static let inspectionsApplicationName = "accord doctor"
}

/// What a server of databases says about itself.
struct ServerFacts {
    let version: String
    let room: ConnectionRoom
    /// The time there.
    let time: Date

    init(_ connection: PostgreSQLConnection) async throws {
        // A role that may not see what a session does sees that it is there, of whom and by which name. The processes of
        // the server itself have no user.
        let rows = try await connection.query(
            """
            SELECT clock_timestamp(), current_setting('server_version'),
                current_setting('max_connections')::integer,
                current_setting('superuser_reserved_connections')::integer
                    + coalesce(current_setting('reserved_connections', true)::integer, 0),
                (
                    SELECT count(*)::integer FROM pg_stat_activity
                    WHERE datid IS NOT NULL AND usesysid IS NOT NULL
                        AND coalesce(application_name, '') NOT IN ($1, $2)
                ),
                (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user),
                (SELECT datconnlimit FROM pg_database WHERE datname = current_database())
            """,
            [.text(ConnectionRoom.serversApplicationName), .text(ConnectionRoom.inspectionsApplicationName)])
        guard let row = rows.first else { throw PostgreSQLError.decoding("the server says nothing about itself") }
        time = try row.decode(Date.self, 0)
        version = try row.decode(String.self, 1)
        let limits = [try row.decode(Int.self, 5), try row.decode(Int.self, 6)]
        room = ConnectionRoom(
            maximum: try row.decode(Int.self, 2), reserved: try row.decode(Int.self, 3),
            usedByOthers: try row.decode(Int.self, 4), ownLimit: limits.filter { $0 >= 0 }.min())
    }
}
