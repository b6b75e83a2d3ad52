import GraphQLHTTP
import HummingbirdCore
import HummingbirdHTTP2
import NIOCore
import NIOSSL

extension HTTPServerBuilder {
    /// HTTP/1.1 as it is; over TLS, HTTP/2 for clients that ask for it, and HTTP/1.1 for the others.
    ///
    /// - Parameters:
    ///   - tls: what connections are encrypted with; nil leaves them as they are.
    ///   - listener: lets connections in, as long as it does.
    ///   - shutdownTime: how long requests may still run when the server stops.
    /// - Returns: what makes the server.
    static func accord(
        tls: TLSConfiguration?, listener: Listener, shutdownTime: Duration
    ) -> HTTPServerBuilder {
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                MalformedRequestHandler(), ClientWatchHandler(shutdownTime: TimeAmount(shutdownTime)),
                ConnectionFieldHandler(), DrainHandler(patience: TimeAmount(min(.seconds(2), shutdownTime / 4))),
            ],
            // Ends a connection on which nothing is asked, and one whose request has stopped arriving.
            idleTimeout: .seconds(60))
        return HTTPServerBuilder { responder in
            guard let tls else {
                return AcceptedChannel(
                    base: HTTP1Channel(responder: responder, configuration: channel), listener: listener)
            }
            return AcceptedChannel(
                base: try HTTP2UpgradeChannel(
                    tlsConfiguration: tls,
                    configuration: HTTP2ChannelConfiguration(idleTimeout: .seconds(60), streamConfiguration: channel),
                    responder: responder),
                listener: listener)
        }
    }
}
