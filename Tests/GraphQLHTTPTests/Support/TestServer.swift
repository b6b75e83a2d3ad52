import GraphQL
import HTTPTypes
import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypes
import ServiceLifecycle
import Synchronization

@testable import GraphQLHTTP

/// What a resolver sees of the caller.
final class Caller: Sendable {
    let token: String?
    let requestID: String

    init(token: String?, requestID: String) {
        self.token = token
        self.requestID = requestID
    }
}

/// Callers with the tokens "member" and "viewer" are known; the latter may not upload, and nobody without a token may do
/// more than look at the type system. A request may have so many further operations.
private func testPolicy(mayFurther: Int) -> CallerPolicy<Caller> {
    CallerPolicy(
        makeContext: { head, requestID in
            switch head.headerFields[.authorization] {
            case nil: .success(Caller(token: nil, requestID: requestID))
            case "Bearer member": .success(Caller(token: "member", requestID: requestID))
            case "Bearer viewer": .success(Caller(token: "viewer", requestID: requestID))
            default:
                .failure(
                    refusal(.unauthorized, "UNAUTHENTICATED", "The token is no good.", [.wwwAuthenticate: "Bearer"]))
            }
        },
        refuseUpload: { caller in
            caller.token == "member" ? nil : refusal(.forbidden, "FORBIDDEN", "You may not upload.")
        },
        refuseOperation: { operation, caller in
            guard caller.token == nil, !operation.isIntrospection else { return nil }
            return refusal(.unauthorized, "UNAUTHENTICATED", "Sign in.", [.wwwAuthenticate: "Bearer"])
        },
        keepsDocuments: { $0.token != nil },
        refuseFurther: { count, _ in
            count > mayFurther ? refusal(.tooManyRequests, "RATE_LIMITED", "Too many.") : nil
        }
    )
}

private func refusal(
    _ status: HTTPResponse.Status,
    _ code: String,
    _ message: String,
    _ headers: HTTPFields = [:]
) -> HTTPRefusal {
    HTTPRefusal(
        status: status,
        error: GraphQLError(message, extensions: [ObjectField("code", .string(code))]),
        headers: headers
    )
}

/// How many bytes of bodies a server has read from its connections, whether anybody took them or not.
final class BodyBytes: Sendable {
    private let bytes = Atomic(0)

    var count: Int { bytes.load(ordering: .relaxed) }

    /// Makes a handler that counts what comes past it.
    func makeCounter() -> any RemovableChannelHandler { Counter(self) }

    private final class Counter: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart
        private let total: BodyBytes

        init(_ total: BodyBytes) { self.total = total }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .body(let bytes) = unwrapInboundIn(data) {
                total.bytes.wrappingAdd(bytes.readableBytes, ordering: .relaxed)
            }
            context.fireChannelRead(data)
        }
    }
}

/// Runs `body` with the port of a server of the toy schema on the loopback address.
func withServer<Outcome: Sendable>(
    _ configuration: GraphQLHTTPConfiguration = GraphQLHTTPConfiguration(),
    events: TestEvents = TestEvents(),
    received: BodyBytes = BodyBytes(),
    mayFurther: Int = .max,
    idleTime: Duration? = nil,
    _ body: @escaping @Sendable (Int) async throws -> Outcome
) async throws -> Outcome {
    let handler = GraphQLHTTPHandler(
        schema: try ToySchema.make(events: events), policy: testPolicy(mayFurther: mayFurther),
        configuration: configuration)
    let (ports, port) = AsyncStream<Int>.makeStream()
    let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    let builder = HTTPServerBuilder.http1(
        configuration: HTTP1Channel.Configuration(
            additionalChannelHandlers: [received.makeCounter()]
                + configuration.makeChannelHandlers(shutdownTime: .seconds(20), idleTime: idleTime),
            idleTimeout: idleTime.map { TimeAmount($0) }))
    let server = try builder.server(
        at: .hostname("127.0.0.1", port: 0), logger: logger,
        onServerRunning: { channel in
            port.yield(channel.localAddress?.port ?? 0)
            port.finish()
        },
        respond: { request, channel in
            await handler.respond(to: request, requestID: request.headers.requestID, channel: channel)
        })
    return try await withThrowingTaskGroup(of: Outcome?.self) { group in
        group.addTask {
            try await ServiceGroup(services: [server], logger: logger).run()
            return nil
        }
        group.addTask {
            for await port in ports { return try await body(port) }
            return nil
        }
        defer { group.cancelAll() }
        while let outcome = try await group.next() {
            if let outcome { return outcome }
        }
        throw CancellationError()
    }
}
