import AccordAPI
import AccordAdapters
package import AccordCore
import Curl
import GraphQL
import GraphQLHTTP
import HummingbirdCore
import Identity
import Injection
package import Logging
import NIOCore
import PostgreSQL
import ServiceLifecycle
import Tracing
import UnixSignals

/// The whole server: made complete, then run.
///
/// ```swift
/// let server = try await AccordServer(configuration, logger: logger)   // throws for anything that is missing
/// try await server.run()                                               // until it is told to stop
/// ```
package struct AccordServer: Sendable {
    /// Where files are kept.
    package let storage: any ObjectStorage
    private let configuration: ServerConfiguration
    private let logger: Logger
    private let address: PublicAddress
    private let responder: Responder
    private let operations: Operations
    private let pool: PostgreSQLPool
    private let roleCheck: RoleCheck
    private let verifier: AccessTokenVerifier
    private let listeners: [ChangeListener]
    private let recovery: Recovery
    private let auditWriter: AuditWriter
    private let http: CurlClient

    /// Makes every part of the server, and proves that none is missing. Nothing listens yet.
    ///
    /// - Parameters:
    ///   - configuration: the settings.
    ///   - logger: gets what an operator should know.
    ///   - replace: replaces registrations, for tests.
    /// - Throws: `ContainerError`, for a part that is missing or can't be made.
    package init(
        _ configuration: ServerConfiguration, logger: Logger,
        replace: (inout ServerRegistrations) -> Void = { _ in }
    ) async throws {
        address = PublicAddress(configuration)
        var registrations = ServerRegistrations.server(configuration, address: address, logger: logger)
        replace(&registrations)
        let container = try await registrations.build()
        let callers = try container.value(of: CallerResolver.self)
        var graphQL = configuration.http
        graphQL.maximumFileBytes = configuration.maximumFileBytes
        graphQL.temporaryDirectory = configuration.temporaryDirectory
        graphQL.playgroundSettings = configuration.playgroundSettings
        graphQL.cors = configuration.cors
        self.configuration = configuration
        self.logger = logger
        storage = try container.value(of: (any ObjectStorage).self)
        pool = try container.value(of: PostgreSQLPool.self)
        roleCheck = RoleCheck(try container.value(of: Databases.self))
        verifier = try container.value(of: AccessTokenVerifier.self)
        http = try container.value(of: CurlClient.self)
        let lookUps = try container.value(of: LookUps.self)
        listeners = lookUps.listeners
        recovery = try container.value(of: Recovery.self)
        auditWriter = try container.value(of: AuditWriter.self)
        let schema = try container.value(of: ExecutableSchema<APIContext>.self)
        if case .trusted(let documents) = graphQL.documents { try documents.check(with: schema) }
        let metrics = try container.value(of: ServerMetrics.self)
        let handler = GraphQLHTTPHandler(
            schema: schema,
            policy: callers.policy(
                allowsIntrospection: configuration.allowsIntrospection,
                makeContext: try container.factory(of: APIContext.self)),
            configuration: graphQL,
            observer: .recording(in: metrics))
        metrics.observe(pool)
        metrics.observe(lookUps)
        metrics.observe(handler)
        metrics.observe(auditWriter)
        let parts = try container.value(of: StorageParts.self)
        metrics.observe(parts.store)
        let downloads = try container.value(of: AgreementDownloads.self)
        metrics.observe(downloads: downloads.places)
        if let planCache = schema.planCache { metrics.observe(planCache) }
        let recorded = try container.value(of: RecordedRequests.self)
        operations = Operations(health: try container.value(of: HealthChecks.self), metrics: metrics.registry)
        responder = Responder(
            graphQL: GraphQLRoute(handler: handler, requests: recorded),
            agreements: downloads,
            recorded: recorded,
            operations: operations,
            audience: Operations.Audience(readsMetrics: configuration.metricsAreOpen, seesProblems: false),
            downloads: parts.downloads,
            requests: metrics.requests,
            drain: graphQL.drain)
    }

    /// Listens and answers until the task is cancelled or a signal comes; then ends what is running within the
    /// configured time.
    ///
    /// - Parameters:
    ///   - stopsOnSignals: whether SIGTERM and SIGINT (Ctrl-C) stop the server gracefully.
    ///   - onReady: told the server's address once requests are answered.
    /// - Throws: what ended the server: a role of the database that isn't safe, an address that can't be listened at, a service that failed.
    package func run(
        stopsOnSignals: Bool = false, onReady: @escaping @Sendable (_ url: String) async -> Void = { _ in }
    ) async throws {
        let isRoleKnown = try await checkRole()
        await operations.health.setRoleIsKnown(isRoleKnown)
        let host = configuration.host
        try await ListeningAddress.check(host: host, port: configuration.port)
        let listener = Listener()
        let server = try HTTPServerBuilder.accord(configuration, listener: listener).server(
            at: .hostname(host, port: configuration.port), backlog: Listener.backlog, logger: logger,
            onServerRunning: { [address, scheme = configuration.tls == nil ? "http" : "https"] channel in
                listener.listens(at: channel)
                let url = Self.url(scheme: scheme, host: host, port: channel.localAddress?.port ?? 0)
                address.listening(at: url)
                await onReady(url)
                StartCode.release()
            },
            respond: responder.respond)
        var services: [any Service] = [Upkeep(run: pool.run), Upkeep { [verifier] in await verifier.run() }]
        services += listeners.map { listener in Upkeep { await listener.run() } }
        if !isRoleKnown { services.append(RoleWatch(check: roleCheck, health: operations.health)) }
        services.append(auditWriter)
        if configuration.recoveryInterval != nil { services.append(Upkeep(run: recovery.run)) }
        if let address = configuration.operationsAddress { services.append(try await operationsListener(address)) }
        services.append(server)
        // They stop in the opposite order, one after the other.
        services.append(Farewell(health: operations.health, listener: listener))
        var group = ServiceGroupConfiguration(
            services: services, gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [], logger: logger)
        // Requests that are given up when the time is over get an answer; what runs then is cut off.
        group.maximumGracefulShutdownDuration = configuration.shutdownTime + .seconds(1)
        defer { http.shutdown() }
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }

    /// Refuses a role of the database for which row-level security doesn't hold, or that may do more than is needed.
    ///
    /// - Returns: whether it could be looked at.
    private func checkRole() async throws -> Bool {
        let problems: [String]
        do {
            problems = try await roleCheck.findProblems()
        } catch {
            // A database that is down must not keep the server from starting: it answers when it is back.
            logger.warning("The database's role could not be checked", metadata: ["cause": "\(error)"])
            return false
        }
        guard problems.isEmpty else { throw ConfigurationErrors(problems: problems) }
        return true
    }

    /// What answers operators, at an address of its own.
    private func operationsListener(_ address: (host: String, port: Int)) async throws -> any Service {
        try await ListeningAddress.check(
            host: address.host, port: address.port, settings: "ACCORD_OPERATIONS_HOST, ACCORD_OPERATIONS_PORT")
        let builder = HTTPServerBuilder.http1(configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(60)))
        return try builder.server(
            at: .hostname(address.host, port: address.port), logger: logger,
            onServerRunning: { [logger] channel in
                let url = Self.url(scheme: "http", host: address.host, port: channel.localAddress?.port ?? 0)
                logger.notice("Operations are answered", metadata: ["url": "\(url)"])
            },
            respond: OperationsResponder(operations: operations, drain: configuration.http.drain).respond)
    }

    /// The address of the server for a client on this machine.
    private static func url(scheme: String, host: String, port: Int) -> String {
        let reachable = host == "0.0.0.0" ? "127.0.0.1" : host == "::" ? "::1" : host
        return "\(scheme)://\(reachable.contains(":") ? "[\(reachable)]" : reachable):\(port)"
    }
}

/// Work in the background for as long as the server runs.
private struct Upkeep: Service {
    let work: @Sendable () async -> Void

    init(run work: @escaping @Sendable () async -> Void) { self.work = work }

    func run() async {
        await cancelWhenGracefulShutdown { await work() }
    }
}

/// What is done before the server stops.
private struct Farewell: Service {
    let health: HealthChecks
    let listener: Listener

    func run() async {
        // Cancelled means that the time for farewells is over.
        guard (try? await gracefulShutdown()) != nil else { return }
        await health.stop()
        await listener.turnConnectionsAway()
    }
}
