package import AccordCore
import FoundationEssentials
import PostgreSQL

/// Finds users in the organizations' database.
package struct PostgreSQLUserDirectory: UserDirectory {
    private let database: Database<Organizations>

    package init(_ database: Database<Organizations>) { self.database = database }

    package func user(subject: String) async throws(AccordError) -> User? {
        try await database.rows(Self.select, [.text(subject)], for: .subject(subject)) { row in
            User(
                id: UserID(try row.decode(UUID.self, 0)),
                organizationID: OrganizationID(try row.decode(UUID.self, 1))
            )
        }.first
    }

    private static let select: PreparedStatement = """
        SELECT id, org_id FROM subscription.users WHERE auth_provider_id = $1 AND is_active
        """
}
