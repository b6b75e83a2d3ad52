package import AccordAdapters
package import Configuration
package import Logging
import PostgreSQL

/// The settings of a run of the migrations.
package struct MigrationConfiguration: Sendable {
    /// The central database, as the role that migrates.
    let central: PostgreSQLEndpoint
    let organizations: PostgreSQLEndpoint?
    /// The role of the application, when another one migrates.
    let applicationRole: String?
    let tenantsAtATime: Int
    package let log: LogConfiguration

    /// Reads and checks the settings.
    ///
    /// - Throws: `ConfigurationErrors` with everything that is missing or malformed.
    package init(_ config: ConfigReader) throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        let application = settings.endpoint(
            "ACCORD_DATABASE_URL", settings.required("ACCORD_DATABASE_URL", "the URL of the central database"))
        let migrating = settings.text("ACCORD_MIGRATION_DATABASE_URL").map {
            settings.endpoint("ACCORD_MIGRATION_DATABASE_URL", $0)
        }
        let organizations = settings.text("ACCORD_ORGS_DATABASE_URL").flatMap {
            settings.endpoint("ACCORD_ORGS_DATABASE_URL", $0)
        }
        tenantsAtATime = settings.integer("ACCORD_MIGRATION_TENANTS_AT_A_TIME", default: 4, in: 1...64)
        // What became of each database is in the report.
        log = LogConfiguration(&settings, defaultLevel: .critical)
        guard settings.problems.isEmpty, let application, let central = migrating ?? application else {
            throw ConfigurationErrors(problems: settings.problems)
        }
        self.central = central
        self.organizations = organizations.map { migrating == nil ? $0 : $0.connecting(as: central) }
        applicationRole = migrating == nil || central.user == application.user ? nil : application.user
    }

    /// Migrates the central database and every active tenant's.
    package func run(logger: Logger) async -> MigrationReport {
        var limits = PostgreSQLPoolConfiguration(maximumConnections: tenantsAtATime + 1)
        limits.statementTimeout = nil
        let pool = PostgreSQLPool(configuration: limits, logger: logger)
        let migrator = Migrator(
            pool: pool, central: central, organizations: organizations, applicationRole: applicationRole,
            tenantsAtATime: tenantsAtATime, logger: logger,
            tenantEndpoint: { [central, applicationRole] endpoint in
                applicationRole == nil ? endpoint : endpoint.connecting(as: central)
            })
        let report = await migrator.run()
        await pool.close()
        return report
    }
}
