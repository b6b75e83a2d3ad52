import GraphQLHTTP
import HummingbirdCore
import HummingbirdHTTP2
import NIOCore
import NIOSSL

extension HTTPServerBuilder {
    /// HTTP/1.1 as it is; over TLS, HTTP/2 for clients that ask for it, and HTTP/1.1 for the others.
    static func accord(tls: TLSConfiguration?) throws -> HTTPServerBuilder {
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [
                MalformedRequestHandler(), ClientWatchHandler(), ConnectionFieldHandler(),
            ],
            // Ends a connection on which nothing is asked, and one whose request has stopped arriving.
            idleTimeout: .seconds(60))
        guard let tls else { return .http1(configuration: channel) }
        return try .http2Upgrade(
            tlsConfiguration: tls,
            configuration: HTTP2ChannelConfiguration(idleTimeout: .seconds(60), streamConfiguration: channel))
    }
}
