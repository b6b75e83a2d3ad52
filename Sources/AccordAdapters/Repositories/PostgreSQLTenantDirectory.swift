package import AccordCore
import FoundationEssentials
import PostgreSQL

/// Finds tenants in the central database, always by the token's `org_id`, never by a name.
package struct PostgreSQLTenantDirectory: TenantDirectory {
    private let database: Database<Central>

    package init(_ database: Database<Central>) { self.database = database }

    package func tenant(of organization: TokenOrganization) async throws(AccordError) -> Tenant? {
        try await database.withConnection(for: organization.description) { connection in
            let rows = try await connection.query(Self.select, [.text(organization.description)])
            return try rows.first.map { row in
                Tenant(
                    id: TenantID(try row.decode(UUID.self, 0)),
                    organization: organization,
                    url: try Self.checked(url: row.decode(String.self, 1)),
                    name: try row.decode(String.self, 2),
                    database: TenantDatabaseReference(connectionURL: try row.decode(String.self, 3))
                )
            }
        }
    }

    /// Every active tenant, ordered by url. One whose url is none is left out: nobody can use it.
    package func activeTenants() async throws(AccordError) -> [Tenant] {
        try await database.withConnection { connection in
            try await connection.query(Self.selectActive, []).compactMap { row in
                guard let url = try? Self.checked(url: row.decode(String.self, 1)) else { return nil }
                return Tenant(
                    id: TenantID(try row.decode(UUID.self, 0)),
                    organization: TokenOrganization(try row.decode(String.self, 4)),
                    url: url,
                    name: try row.decode(String.self, 2),
                    database: TenantDatabaseReference(connectionURL: try row.decode(String.self, 3))
                )
            }
        }
    }

    private static let selectActive: PreparedStatement = """
        SELECT id, url, coalesce(name, ''), coalesce(database_url, ''), coalesce(org_id, '') FROM public.tenants
        WHERE is_active ORDER BY url
        """

    private static let select: PreparedStatement = """
        SELECT id, url, coalesce(name, ''), coalesce(database_url, '') FROM public.tenants
        WHERE org_id = $1 AND is_active
        """

    /// Refuses an url that would not keep the tenant's files apart from others'.
    private static func checked(url: String) throws(PostgreSQLError) -> String {
        guard !url.isEmpty, url.utf8.count <= Tenant.maximumURLLength else {
            throw .decoding("a tenant's url is empty or longer than \(Tenant.maximumURLLength) bytes")
        }
        return url
    }
}
