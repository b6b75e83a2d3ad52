import AccordAPI
import AccordAdapters
import AccordCore
import Crypto
import Curl
import FoundationEssentials
import GraphQL
import GraphQLHTTP
import Identity
package import Injection
import Logging
import PostgreSQL
import S3
import Tracing
import W3CTraceContext

/// What a request brings along, in the container's terms.
package typealias ServerRegistrations = Registrations<IncomingRequest>

extension ServerRegistrations {
    /// Everything a server is made of.
    ///
    /// - Parameters:
    ///   - configuration: the settings.
    ///   - address: where clients reach the server.
    ///   - logger: gets what an operator should know.
    /// - Returns: the registrations, complete.
    static func server(
        _ configuration: ServerConfiguration, address: PublicAddress, logger: Logger
    ) -> ServerRegistrations {
        var registrations = ServerRegistrations()
        registrations.register(ServerConfiguration.self) { configuration }
        registrations.register(Logger.self) { logger }
        registrations.registerOperations()
        registrations.registerPorts()
        registrations.register(PublicAddress.self) { address }
        registrations.registerAudit()
        registrations.registerStorage()
        registrations.registerServices()
        return registrations
    }

    /// What tells how the server is.
    private mutating func registerOperations() {
        register(ServerMetrics.self) { ServerMetrics() }
        register((any Tracer).self) { TraceContextTracer() }
        register(RecordedRequests.self) { (configuration: ServerConfiguration, tracer: any Tracer, logger: Logger) in
            RecordedRequests(
                tracer: tracer, addresses: ClientAddress(trustedProxies: configuration.trustedProxies), logger: logger)
        }
        register(HealthChecks.self) {
            (databases: Databases, storage: any ObjectStorage, parts: StorageParts, logger: Logger) in
            HealthChecks(databases: databases, storage: storage, store: parts.store, logger: logger)
        }
    }

    /// The databases, the HTTP client, and the repositories over them.
    private mutating func registerPorts() {
        register(CurlClient.self) { (configuration: ServerConfiguration, tracer: any Tracer) in
            // Downloads, which may take long, leave room for all else.
            CurlClient(maximumConnections: 64 + configuration.maximumDownloads) { tracer.outgoingHeaders() }
        }
        register(PostgreSQLPool.self) { (configuration: ServerConfiguration, logger: Logger) in
            PostgreSQLPool(
                configuration: PostgreSQLPoolConfiguration(
                    maximumConnections: configuration.pooledConnections,
                    maximumConnectionsPerServer: configuration.databaseConnectionsPerServer,
                    // Every request begins with the organizations' database, which must leave room for the tenants'.
                    maximumConnectionsPerDatabase: max(2, configuration.pooledConnections / 2),
                    maximumConnectionsOpening: max(2, ProcessInfo.processInfo.activeProcessorCount),
                    pooling: configuration.databasePooling,
                    applicationName: ConnectionRoom.serversApplicationName),
                logger: logger)
        }
        register(Databases.self) { (pool: PostgreSQLPool, configuration: ServerConfiguration, logger: Logger) in
            Databases(
                pool: pool, central: configuration.database, organizations: configuration.organizationsDatabase,
                logger: logger)
        }
        register(LookUps.self) { (configuration: ServerConfiguration, databases: Databases) in
            LookUps(configuration, databases)
        }
        register((any TenantDirectory).self) { (databases: Databases, lookUps: LookUps, tracer: any Tracer) in
            CachedTenantDirectory(
                TracedTenantDirectory(directory: PostgreSQLTenantDirectory(databases.central), tracer: tracer),
                cache: lookUps.tenants)
        }
        register((any UserDirectory).self) { (databases: Databases, lookUps: LookUps, tracer: any Tracer) in
            CachedUserDirectory(
                TracedUserDirectory(directory: PostgreSQLUserDirectory(databases.organizations), tracer: tracer),
                cache: lookUps.users)
        }
        register((any ConnectionRepository).self) { (databases: Databases, tracer: any Tracer) in
            TracedConnectionRepository(
                repository: PostgreSQLConnectionRepository(databases.organizations), tracer: tracer)
        }
        register((any AgreementRepository).self) {
            (databases: Databases, configuration: ServerConfiguration, tracer: any Tracer) in
            let repository = PostgreSQLAgreementRepository(
                databases: databases, maximumChanges: configuration.maximumChanges,
                watchTime: configuration.recoveryWatchTime)
            return TracedAgreementRepository(repository: repository, tracer: tracer)
        }
    }

    private mutating func registerAudit() {
        register((any AuditLog).self) { (databases: Databases) in PostgreSQLAuditLog(databases: databases) }
        register(AuditWriter.self) { (log: any AuditLog, metrics: ServerMetrics, logger: Logger) in
            AuditWriter(log: log, metrics: metrics.audit, logger: logger)
        }
        register(AuditRecorder.self) {
            (configuration: ServerConfiguration, log: any AuditLog, writer: AuditWriter) in
            AuditRecorder(mode: configuration.audit, log: log, writer: writer)
        }
        register(AuditService.self) { (log: any AuditLog) in AuditService(log: log) }
    }

    private mutating func registerStorage() {
        register(StorageParts.self) {
            (configuration: ServerConfiguration, address: PublicAddress, http: CurlClient, logger: Logger) throws in
            switch configuration.storage {
            case .s3(let bucket):
                let client = S3Client(configuration: bucket, http: http)
                return StorageParts(storage: S3ObjectStorage(client: client, logger: logger), store: client.state)
            case .directory(let folder, let secret):
                let storage = try DirectoryObjectStorage(
                    folder: folder, baseURL: address.url, secret: SymmetricKey(data: Array(secret.utf8)), logger: logger
                )
                return StorageParts(storage: storage, downloads: storage)
            }
        }
        register((any ObjectStorage).self) { (parts: StorageParts, metrics: ServerMetrics, tracer: any Tracer) in
            ObservedStorage(storage: parts.storage, metrics: metrics.storage, tracer: tracer)
        }
    }

    /// The rules, the API, and who may use it.
    private mutating func registerServices() {
        register(AgreementService.self) {
            (
                connections: any ConnectionRepository, agreements: any AgreementRepository,
                storage: any ObjectStorage, configuration: ServerConfiguration, logger: Logger
            ) in
            AgreementService(
                connections: connections, agreements: agreements, storage: storage,
                maximumFileSize: configuration.maximumFileBytes, linkLifetime: configuration.linkLifetime,
                watchTime: configuration.recoveryWatchTime, keptVersions: configuration.keptVersions,
                leftToRecovery: { intent, tenant, error in
                    logger.warning(
                        "The rest of a change is left to recovery",
                        metadata: [
                            "key": "\(intent.agreement.key)", "intent": "\(intent.id)", "tenant": "\(tenant.url)",
                            "error": "\(error)",
                        ])
                })
        }
        register(Recovery.self) {
            (
                databases: Databases, agreements: any AgreementRepository, storage: any ObjectStorage,
                configuration: ServerConfiguration, metrics: ServerMetrics, logger: Logger
            ) in
            Recovery(
                tenants: PostgreSQLTenantDirectory(databases.central),
                recovery: AgreementRecovery(
                    agreements: agreements, storage: storage, keptVersions: configuration.keptVersions,
                    width: configuration.recoveryWidth),
                interval: configuration.recoveryInterval, metrics: metrics.recovery, logger: logger)
        }
        register(AccessTokenVerifier.self) {
            (configuration: ServerConfiguration, http: CurlClient, logger: Logger) async throws in
            let verifier = AccessTokenVerifier(
                keys: JWKSSource(configuration.keys, http), issuers: configuration.issuers,
                audiences: configuration.audiences, logger: logger)
            try await verifier.loadKeys()
            return verifier
        }
        register(ViewerResolver.self) { (tenants: any TenantDirectory, users: any UserDirectory) in
            ViewerResolver(tenants: tenants, users: users)
        }
        register(RateLimits.self) { (configuration: ServerConfiguration, metrics: ServerMetrics) in
            RateLimits(
                perUser: configuration.userRequestsPerMinute, perTenant: configuration.tenantRequestsPerMinute,
                refused: metrics.rateLimited)
        }
        register(CallerResolver.self) {
            (
                verifier: AccessTokenVerifier, viewers: ViewerResolver, rates: RateLimits, audit: AuditRecorder,
                metrics: ServerMetrics, logger: Logger
            ) in
            CallerResolver(
                verifier: verifier, viewers: viewers, rates: rates, tokensRefused: metrics.tokensRefused,
                audit: audit, logger: logger)
        }
        register(ExecutableSchema<APIContext>.self) { (configuration: ServerConfiguration) in
            try API.makeSchema(
                limits: configuration.limits, planCacheBytes: configuration.planCacheBytes,
                linkSeconds: Int(configuration.linkLifetime.components.seconds))
        }
        register(AgreementDownloads.self) {
            (
                callers: CallerResolver, agreements: AgreementService, audit: AuditRecorder, metrics: ServerMetrics,
                configuration: ServerConfiguration, logger: Logger
            ) in
            AgreementDownloads(
                callers: callers, agreements: agreements, audit: audit, cors: configuration.cors,
                places: RequestsInFlight(maximum: configuration.maximumDownloads),
                refused: { code in
                    RequestRecord.current?.note(code: code)
                    metrics.errors.count(code)
                },
                logger: logger)
        }
        register(APIContextMaker.self, APIContextMaker.init)
        registerPerRequest(APIContext.self) { (request: IncomingRequest, maker: APIContextMaker) in
            maker.context(of: request)
        }
    }
}

/// The storage, and its own downloads if it has them.
struct StorageParts: Sendable {
    let storage: any ObjectStorage
    /// The storage that this server serves files of; nil when links lead elsewhere.
    var downloads: DirectoryObjectStorage?
    /// What is known of the bucket; nil for a directory.
    var store: StoreState?
}

extension JWKSSource {
    /// Reads keys from a file, or by HTTP within ten seconds.
    fileprivate init(_ keys: ServerConfiguration.Keys, _ http: CurlClient) {
        switch keys {
        case .file(let path):
            self = .file(path: path)
        case .url(let url):
            self = .url(url) { url in
                let response = try await http.perform(
                    CurlRequest(
                        method: .get, url: url, timeouts: CurlTimeouts(total: .seconds(10)),
                        maximumResponseBytes: 256 << 10))
                guard response.status == 200 else { throw KeysNotServed(status: response.status) }
                return response.body
            }
        }
    }
}

/// The address of the keys answered with another status than 200.
private struct KeysNotServed: Error {
    let status: Int
}
