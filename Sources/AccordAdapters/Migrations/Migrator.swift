package import Logging
package import PostgreSQL
import FoundationEssentials

/// Brings every database to the schema this executable was built with: the central one, the organizations' one, and
/// every active tenant's, several at a time.
///
/// Each database is migrated in one transaction under an advisory lock, so it is at its old version or at its new one,
/// and two runs at once do no harm. A tenant that fails does not hold up the others.
package struct Migrator: Sendable {
    private let pool: PostgreSQLPool
    private let central: PostgreSQLEndpoint
    private let organizations: PostgreSQLEndpoint?
    private let tenantEndpoint: @Sendable (PostgreSQLEndpoint) -> PostgreSQLEndpoint
    private let grants: ApplicationGrants?
    private let tenantsAtATime: Int
    private let logger: Logger

    /// Makes a migrator; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - pool: Lends the connections. Its statement timeout applies to every statement of a migration.
    ///   - central: The central database, as a role that may create in it.
    ///   - organizations: The database of the schema `subscription`, if it is another one.
    ///   - applicationRole: The role that the application connects as, if it is another one: it is granted what it
    ///     needs in each database.
    ///   - tenantsAtATime: How many tenants are migrated at once; each takes a connection of the pool.
    ///   - logger: Told what is applied where.
    ///   - tenantEndpoint: How to reach a tenant's database for migrating, given what `tenants.database_url` says,
    ///     which is how the application reaches it.
    package init(
        pool: PostgreSQLPool, central: PostgreSQLEndpoint, organizations: PostgreSQLEndpoint? = nil,
        applicationRole: String? = nil, tenantsAtATime: Int = 4, logger: Logger,
        tenantEndpoint: @escaping @Sendable (PostgreSQLEndpoint) -> PostgreSQLEndpoint = { $0 }
    ) {
        self.pool = pool
        self.central = central
        self.organizations = organizations == central ? nil : organizations
        self.tenantEndpoint = tenantEndpoint
        self.grants = applicationRole.map(ApplicationGrants.init)
        self.tenantsAtATime = max(1, tenantsAtATime)
        self.logger = logger
    }

    /// Migrates the central database, then the organizations', then every active tenant's.
    ///
    /// Tenants are not touched when a database before them failed.
    package func run() async -> MigrationReport {
        var outcomes = [
            await migrate("central", central, organizations == nil ? [.central, .organizations] : [.central])
        ]
        if let organizations, outcomes.allSatisfy({ $0.failure == nil }) {
            outcomes.append(await migrate("organizations", organizations, [.organizations]))
        }
        guard outcomes.allSatisfy({ $0.failure == nil }) else { return MigrationReport(outcomes: outcomes) }
        do {
            outcomes += await migrate(tenants: try await activeTenants())
        } catch {
            outcomes.append(failed("tenants", MigrationFailure(error)))
        }
        return MigrationReport(outcomes: outcomes)
    }

    // MARK: - Tenants

    private struct TenantRow: Sendable {
        let id: UUID
        let url: String
        let databaseURL: String
        /// As recorded in the central database; nil before the first migration.
        let schemaVersion: String?
    }

    private func activeTenants() async throws -> [TenantRow] {
        try await pool.withConnection(to: central) { connection in
            let rows = try await connection.query(
                "SELECT id, url, database_url, schema_version FROM public.tenants WHERE is_active ORDER BY url", [])
            return try rows.map { row in
                TenantRow(
                    id: try row.decode(UUID.self, 0),
                    url: try row.decode(String.self, 1),
                    databaseURL: try row.decode(String.self, 2),
                    schemaVersion: try row.decode(String?.self, 3)
                )
            }
        }
    }

    private func migrate(tenants: [TenantRow]) async -> [MigrationReport.Outcome] {
        await withTaskGroup(of: (Int, MigrationReport.Outcome).self) { group in
            var outcomes = [MigrationReport.Outcome?](repeating: nil, count: tenants.count)
            for (index, tenant) in tenants.enumerated() {
                if index >= tenantsAtATime, let (done, outcome) = await group.next() { outcomes[done] = outcome }
                group.addTask { (index, await migrate(tenant)) }
            }
            for await (done, outcome) in group { outcomes[done] = outcome }
            return outcomes.compactMap(\.self)
        }
    }

    private func migrate(_ tenant: TenantRow) async -> MigrationReport.Outcome {
        do {
            let endpoint = tenantEndpoint(try PostgreSQLEndpoint(url: tenant.databaseURL))
            let outcome = await migrate(tenant.url, endpoint, [.tenant])
            guard let version = outcome.version, version != tenant.schemaVersion else { return outcome }
            // Not in the tenant's transaction, being in another database: a crash in between is made good by the next
            // run, which finds nothing to apply and comes here all the same.
            try await pool.withConnection(to: central) { connection in
                _ = try await connection.execute(
                    """
                    UPDATE public.tenants SET schema_version = $2 WHERE id = $1
                    """,
                    [.uuid(tenant.id), .text(version)]
                )
            }
            return outcome
        } catch {
            return failed(tenant.url, MigrationFailure(error))
        }
    }

    // MARK: - One database

    private func migrate(
        _ label: String, _ endpoint: PostgreSQLEndpoint, _ scopes: Set<Migration.Scope>
    ) async -> MigrationReport.Outcome {
        let migrations = Migration.all.filter { scopes.contains($0.scope) }
        do {
            let applied = try await pool.withTransaction(on: endpoint) { connection in
                let pending = try await apply(migrations, connection)
                if let grants {
                    try await connection.executeScript(grants.statements(for: scopes, database: endpoint.database))
                }
                return pending
            }
            logger.info("A database is migrated", metadata: ["database": "\(label)", "applied": "\(applied)"])
            return MigrationReport.Outcome(
                database: label, applied: applied, version: migrations.last?.version, failure: nil)
        } catch {
            return failed(label, MigrationFailure(error))
        }
    }

    /// Applies what is missing; returns the names of what it applied.
    private func apply(_ migrations: [Migration], _ connection: PostgreSQLConnection) async throws -> [String] {
        let ledger = MigrationLedger(connection: connection)
        try await ledger.open()
        let checksums = try await ledger.checksums()
        if let unknown = Set(checksums.keys).subtracting(Migration.all.map(\.name)).min() {
            throw MigrationFailure.unknown(migration: unknown)
        }
        var applied: [String] = []
        for migration in migrations {
            if let checksum = checksums[migration.name] {
                guard checksum == migration.checksum else { throw MigrationFailure.edited(migration: migration.name) }
            } else {
                try await connection.executeScript(migration.sql)
                try await ledger.add(migration)
                applied.append(migration.name)
            }
        }
        return applied
    }

    private func failed(_ label: String, _ failure: MigrationFailure) -> MigrationReport.Outcome {
        logger.error("A database was not migrated", metadata: ["database": "\(label)", "cause": "\(failure)"])
        return MigrationReport.Outcome(database: label, applied: [], version: nil, failure: failure)
    }
}

extension MigrationFailure {
    /// What an error means to the operator. It may name hosts and tables, which are the operator's to know.
    init(_ error: any Error) {
        if let failure = error as? MigrationFailure {
            self = failure
        } else {
            self = .database(sqlState: (error as? PostgreSQLError)?.sqlState?.rawValue, message: "\(error)")
        }
    }
}
