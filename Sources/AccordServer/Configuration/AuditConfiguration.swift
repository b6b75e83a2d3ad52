package import AccordAdapters
package import AccordCore
package import Configuration
package import Logging
import PostgreSQL

/// The settings of what reads audit logs: the databases, as the server has them.
package struct AuditConfiguration: Sendable {
    private let database: PostgreSQLEndpoint
    private let pooling: ServerPooling
    package let log: LogConfiguration

    /// Reads and checks the settings.
    ///
    /// - Throws: `ConfigurationErrors` with everything that is missing or malformed.
    package init(_ config: ConfigReader) throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        let database = settings.centralDatabase()
        pooling = settings.choice("ACCORD_DATABASE_POOLER", default: .none)
        // What was found is in the report.
        log = LogConfiguration(&settings, defaultLevel: .critical)
        guard settings.problems.isEmpty, let database else { throw ConfigurationErrors(problems: settings.problems) }
        self.database = database
    }

    /// Lends the databases.
    ///
    /// - Parameters:
    ///   - logger: Gets the causes of the errors thrown.
    ///   - body: Gets them, and every active tenant.
    /// - Returns: What `body` returned.
    /// - Throws: `AccordError` when the tenants can't be listed; what `body` throws.
    package func withDatabases<Value>(
        logger: Logger, _ body: (Databases, [Tenant]) async throws -> Value
    ) async throws -> Value {
        var limits = PostgreSQLPoolConfiguration(maximumConnections: 2, pooling: pooling)
        // To count a long log takes a while.
        limits.statementTimeout = nil
        return try await PostgreSQLPool.withPool(limits, logger: logger) { pool in
            let databases = Databases(pool: pool, central: database, logger: logger)
            return try await body(
                databases, try await PostgreSQLTenantDirectory(databases.central).activeTenants())
        }
    }
}
