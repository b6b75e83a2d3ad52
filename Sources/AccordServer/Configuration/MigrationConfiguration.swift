package import AccordAdapters
package import Configuration
package import Logging
import PostgreSQL

/// The settings of a run of the migrations.
package struct MigrationConfiguration: Sendable {
    /// The central database, as the role that migrates.
    let central: PostgreSQLEndpoint
    let organizations: PostgreSQLEndpoint?
    /// The central database, as the application reaches it.
    let application: PostgreSQLEndpoint
    let pooling: ServerPooling
    /// The role of the application, when another one migrates.
    let applicationRole: String?
    let tenantsAtATime: Int
    package let log: LogConfiguration

    /// Reads and checks the settings.
    ///
    /// - Throws: `ConfigurationErrors` with everything that is missing or malformed.
    package init(_ config: ConfigReader) throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        let application = settings.centralDatabase()
        let migrating = settings.text("ACCORD_MIGRATION_DATABASE_URL").map {
            settings.endpoint("ACCORD_MIGRATION_DATABASE_URL", $0)
        }
        let organizations = settings.organizationsDatabase()
        pooling = settings.choice("ACCORD_DATABASE_POOLER", default: .none)
        tenantsAtATime = settings.integer("ACCORD_MIGRATION_TENANTS_AT_A_TIME", default: 2, in: 1...64)
        // What became of each database is in the report.
        log = LogConfiguration(&settings, defaultLevel: .critical)
        guard settings.problems.isEmpty, let application, let central = migrating ?? application else {
            throw ConfigurationErrors(problems: settings.problems)
        }
        self.central = central
        self.application = application
        self.organizations = organizations.map { migrating == nil ? $0 : $0.connecting(as: central) }
        applicationRole = migrating == nil || central.user == application.user ? nil : application.user
    }

    /// Lends a migrator that works with these settings.
    ///
    /// - Parameters:
    ///   - parallel: how many tenants at a time; nil for what the settings say.
    ///   - logger: told what is applied where.
    ///   - body: what is to be done with the migrator, which works no longer than that.
    /// - Returns: what the closure returns.
    package func withMigrator<Value>(
        parallel: Int? = nil, logger: Logger, _ body: (Migrator) async throws -> Value
    ) async rethrows -> Value {
        let tenantsAtATime = parallel ?? tenantsAtATime
        return try await withPool(connections: tenantsAtATime + 1, logger) { pool in
            try await body(migrator(pool, tenantsAtATime, logger))
        }
    }

    /// Lends what makes tenants with these settings.
    ///
    /// - Parameters:
    ///   - logger: told what is applied where.
    ///   - body: what is to be done with it.
    /// - Returns: what the closure returns.
    package func withTenantAdministration<Value>(
        logger: Logger, _ body: (TenantAdministration) async throws -> Value
    ) async rethrows -> Value {
        try await withPool(connections: 3, logger) { pool in
            try await body(
                TenantAdministration(
                    pool: pool, central: central, application: application, migrator: migrator(pool, 1, logger)))
        }
    }

    private func migrator(_ pool: PostgreSQLPool, _ tenantsAtATime: Int, _ logger: Logger) -> Migrator {
        Migrator(
            pool: pool, central: central, organizations: organizations, applicationRole: applicationRole,
            tenantsAtATime: tenantsAtATime, logger: logger,
            tenantEndpoint: { [central, applicationRole] endpoint in
                // A role that was made for its tenant owns nothing, so it can't migrate.
                applicationRole == nil && !NewTenant.isOwnRole(endpoint) ? endpoint : endpoint.connecting(as: central)
            })
    }

    private func withPool<Value>(
        connections: Int, _ logger: Logger, _ body: (PostgreSQLPool) async throws -> Value
    ) async rethrows -> Value {
        var limits = PostgreSQLPoolConfiguration(maximumConnections: connections, pooling: pooling)
        limits.statementTimeout = nil
        return try await PostgreSQLPool.withPool(limits, logger: logger, body)
    }
}
