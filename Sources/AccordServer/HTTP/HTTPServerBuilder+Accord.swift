import GraphQLHTTP
import HummingbirdCore
import HummingbirdHTTP2
import NIOCore

extension HTTPServerBuilder {
    /// HTTP/1.1 as it is; over TLS, HTTP/2 for clients that ask for it, and HTTP/1.1 for the others.
    static func accord(_ configuration: ServerConfiguration) -> HTTPServerBuilder {
        let idleTime = configuration.idleTime
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: configuration.http.makeChannelHandlers(),
            // Ends a connection on which nothing is asked, and one whose request has stopped arriving.
            idleTimeout: TimeAmount(idleTime))
        guard let tls = configuration.tls else { return .http1(configuration: channel) }
        return HTTPServerBuilder { responder in
            EncryptedChannel(
                base: try HTTP2UpgradeChannel(
                    tlsConfiguration: tls,
                    configuration: HTTP2ChannelConfiguration(idleTimeout: idleTime, streamConfiguration: channel),
                    responder: responder),
                handshakeTime: TimeAmount(idleTime))
        }
    }
}
