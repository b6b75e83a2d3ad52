package import FoundationEssentials
import PostgreSQL

/// A row of `tenants`. One from before Accord may lack what `create` always writes.
package struct RegisteredTenant: Sendable {
    package let id: UUID
    package let organization: String
    package let url: String
    package let name: String
    package let isActive: Bool
    /// Nil before the first migration.
    package let schemaVersion: String?
    /// Nil where the row doesn't say.
    package let createdAt: Date?
    /// How the application reaches its database, with the password in it: not for people's eyes.
    let databaseURL: String

    /// Where its database is, without the password.
    package var database: String { endpoint.map { "\($0)" } ?? "(no PostgreSQL URL)" }

    /// The same; nil where the row gives no address.
    var endpoint: PostgreSQLEndpoint? { try? PostgreSQLEndpoint(url: databaseURL) }

    /// What selects rows that the initialiser takes.
    static func selected(_ condition: String) -> PreparedStatement {
        PreparedStatement(
            """
            SELECT id, coalesce(org_id, ''), coalesce(url, ''), coalesce(name, ''), coalesce(is_active, false),
                schema_version, created_at, coalesce(database_url, '')
            FROM public.tenants \(condition)
            """)
    }

    init(_ row: PostgreSQLRow) throws {
        id = try row.decode(UUID.self, 0)
        organization = try row.decode(String.self, 1)
        url = try row.decode(String.self, 2)
        name = try row.decode(String.self, 3)
        isActive = try row.decode(Bool.self, 4)
        schemaVersion = try row.decode(String?.self, 5)
        createdAt = try row.decode(Date?.self, 6)
        databaseURL = try row.decode(String.self, 7)
    }
}
