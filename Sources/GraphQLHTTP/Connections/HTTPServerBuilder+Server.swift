import HTTPTypes
package import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import NIOPosix
package import ServiceLifecycle

extension HTTPServerBuilder {
    /// Makes a server, as a service that answers requests until it is stopped gracefully and those that run have ended.
    ///
    /// - Parameters:
    ///   - address: where it listens.
    ///   - backlog: how many connections may wait to be taken.
    ///   - logger: gets what goes wrong with connections.
    ///   - onServerRunning: given the channel that it listens at.
    ///   - respond: answers a request that came over the channel.
    /// - Returns: the service.
    /// - Throws: what keeps it from being made, such as a certificate that can't be used.
    package func server(
        at address: BindAddress, backlog: Int = 256, logger: Logger,
        onServerRunning: @escaping @Sendable (any Channel) async -> Void,
        respond: @escaping @Sendable (Request, any Channel) async -> Response
    ) throws -> any Service {
        try buildServer(
            configuration: ServerConfiguration(address: address, backlog: backlog),
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
            logger: logger,
            responder: { request, writer, channel in
                var response = await respond(request, channel)
                response.headers.append(DateField.current)
                do {
                    try await writer.write(response: response.head, body: response.body)
                } catch is HTTPParserError {
                    // As itself it would be answered, behind what has been written.
                    throw UnfinishedResponse()
                }
            },
            onServerRunning: onServerRunning)
    }
}

/// Makes Hummingbird close the connection. It reaches no client.
private struct UnfinishedResponse: Error {}
