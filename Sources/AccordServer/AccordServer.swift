import AccordAPI
package import AccordCore
import Curl
import GraphQL
import GraphQLHTTP
import Hummingbird
import HummingbirdCore
import Identity
import Injection
package import Logging
import PostgreSQL
import ServiceLifecycle
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
    private let pool: PostgreSQLPool
    private let verifier: AccessTokenVerifier
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
        graphQL.cors = CORSPolicy(
            origins: configuration.allowedOrigins.contains("*") ? .any : .only(Set(configuration.allowedOrigins)))
        self.configuration = configuration
        self.logger = logger
        storage = try container.value(of: (any ObjectStorage).self)
        pool = try container.value(of: PostgreSQLPool.self)
        verifier = try container.value(of: AccessTokenVerifier.self)
        http = try container.value(of: CurlClient.self)
        let schema = try container.value(of: ExecutableSchema<APIContext>.self)
        if case .trusted(let documents) = graphQL.documents { try documents.check(with: schema) }
        responder = Responder(
            graphQL: GraphQLHTTPHandler(
                schema: schema,
                policy: callers.policy(
                    allowsIntrospection: configuration.allowsIntrospection,
                    makeContext: try container.factory(of: APIContext.self)),
                configuration: graphQL),
            health: try container.value(of: HealthChecks.self),
            downloads: try container.value(of: StorageParts.self).downloads)
    }

    /// Listens and answers until the task is cancelled or a signal comes; then ends what is running within the
    /// configured time.
    ///
    /// - Parameters:
    ///   - stopsOnSignals: whether SIGTERM and SIGINT (Ctrl-C) stop the server gracefully.
    ///   - onReady: told the server's address once requests are answered.
    /// - Throws: what ended the server: an address that can't be listened at, a service that failed.
    package func run(
        stopsOnSignals: Bool = false, onReady: @escaping @Sendable (_ url: String) async -> Void = { _ in }
    ) async throws {
        let host = configuration.host
        try await ListeningAddress.check(host: host, port: configuration.port)
        let application = Application(
            responder: responder,
            server: .accord(configuration),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: configuration.port), serverName: nil),
            onServerRunning: { [address, scheme = configuration.tls == nil ? "http" : "https"] channel in
                let url = Self.url(scheme: scheme, host: host, port: channel.localAddress?.port ?? 0)
                address.listening(at: url)
                await onReady(url)
            },
            logger: logger)
        var group = ServiceGroupConfiguration(
            services: [Upkeep(run: pool.run), Upkeep { [verifier] in await verifier.run() }, application],
            gracefulShutdownSignals: stopsOnSignals ? [.sigterm, .sigint] : [], logger: logger)
        group.maximumGracefulShutdownDuration = configuration.shutdownTime
        defer { http.shutdown() }
        do {
            try await ServiceGroup(configuration: group).run()
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
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
