import AccordAdapters
package import AccordCore
package import Configuration
import Crypto
import Curl
import FoundationEssentials
package import Logging
import PostgreSQL
import S3

/// The settings of a comparison of rows with files: databases and storage, as the server has them.
package struct ReconciliationConfiguration: Sendable {
    private let database: PostgreSQLEndpoint
    private let pooling: ServerPooling
    private let storage: ServerConfiguration.Storage
    private let watchTime: Duration
    private let keptVersions: Int
    package let log: LogConfiguration

    /// Reads and checks the settings.
    ///
    /// - Throws: `ConfigurationErrors` with everything that is missing or malformed.
    package init(_ config: ConfigReader) throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        let database = settings.centralDatabase()
        pooling = settings.choice("ACCORD_DATABASE_POOLER", default: .none)
        let storage = settings.storage()
        watchTime = settings.recoveryWatchTime(storage)
        keptVersions = settings.keptVersions()
        // What was found is in the report.
        log = LogConfiguration(&settings, defaultLevel: .critical)
        guard settings.problems.isEmpty, let database, let storage else {
            throw ConfigurationErrors(problems: settings.problems)
        }
        self.database = database
        self.storage = storage
    }

    /// Lends what compares.
    ///
    /// - Parameters:
    ///   - options: What is to be compared and done.
    ///   - logger: Gets the causes of the errors thrown.
    ///   - body: Gets it, and every active tenant.
    /// - Returns: What `body` returned.
    /// - Throws: `AccordError` when tenants or storage can't be reached; what `body` throws.
    package func withReconciliation<Value>(
        _ options: AgreementReconciliation.Options, logger: Logger,
        _ body: (AgreementReconciliation, [Tenant]) async throws -> Value
    ) async throws -> Value {
        let limits = PostgreSQLPoolConfiguration(maximumConnections: 12, pooling: pooling)
        let http = CurlClient()
        defer { http.shutdown() }
        return try await PostgreSQLPool.withPool(limits, logger: logger) { pool in
            let databases = Databases(pool: pool, central: database, logger: logger)
            let reconciliation = AgreementReconciliation(
                agreements: PostgreSQLAgreementRepository(
                    databases: databases, maximumChanges: 1, watchTime: watchTime),
                storage: try makeStorage(http, logger), keptVersions: keptVersions, options: options)
            return try await body(
                reconciliation, try await PostgreSQLTenantDirectory(databases.central).activeTenants())
        }
    }

    private func makeStorage(_ http: CurlClient, _ logger: Logger) throws(AccordError) -> any ObjectStorage {
        switch storage {
        case .s3(let bucket):
            return S3ObjectStorage(client: S3Client(configuration: bucket, http: http), logger: logger)
        case .directory(let folder, let secret):
            return try DirectoryObjectStorage(
                folder: folder, baseURL: "", secret: SymmetricKey(data: Array(secret.utf8)), logger: logger)
        }
    }
}
