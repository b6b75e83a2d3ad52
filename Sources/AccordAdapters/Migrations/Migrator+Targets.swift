import FoundationEssentials
import PostgreSQL

/// Which databases there are to migrate, and as whom.
extension Migrator {
    /// The databases that all tenants share.
    var sharedTargets: [MigrationTarget] {
        func target(
            _ label: String, _ endpoint: PostgreSQLEndpoint, _ scopes: Set<Migration.Scope>
        ) -> MigrationTarget {
            MigrationTarget(label: label, endpoint: endpoint, scopes: scopes, applicationRole: applicationRole)
        }
        guard let organizations else { return [target("central", central, [.central, .organizations])] }
        return [target("central", central, [.central]), target("organizations", organizations, [.organizations])]
    }

    /// A tenant's database, whose address for the application is given.
    func target(
        tenant url: String, _ databaseURL: String, _ row: MigrationTarget.Tenant?
    ) -> MigrationTarget {
        let application = try? PostgreSQLEndpoint(url: databaseURL)
        let migrating = application.map(tenantEndpoint)
        return MigrationTarget(
            label: url, endpoint: migrating, scopes: [.tenant],
            applicationRole: migrating?.user == application?.user ? nil : application?.user, tenant: row)
    }

    /// The active tenants ordered by url, or the one that is asked for.
    func tenantTargets(_ url: String?) async throws -> [MigrationTarget] {
        let targets: [MigrationTarget] = try await pool.withConnection(to: central) { connection in
            // Missing before the first run.
            let table = try await connection.query("SELECT to_regclass('public.tenants') IS NOT NULL", [])
            guard try table.first?.decode(Bool.self, 0) == true else { return [] }
            let rows = try await connection.query(
                """
                SELECT id, coalesce(url, id::text), coalesce(database_url, ''), schema_version FROM public.tenants
                WHERE is_active AND ($1::text IS NULL OR url = $1) ORDER BY url
                """, [url.map { .text($0) } ?? .null])
            return try rows.map { row in
                target(
                    tenant: try row.decode(String.self, 1), try row.decode(String.self, 2),
                    MigrationTarget.Tenant(
                        id: try row.decode(UUID.self, 0), schemaVersion: try row.decode(String?.self, 3)))
            }
        }
        if let url, targets.isEmpty { throw MigrationFailure.noTenant(url: url) }
        return targets
    }
}
