import GraphQLHTTP
import HummingbirdCore
import HummingbirdHTTP2
import NIOCore

extension HTTPServerBuilder {
    /// HTTP/1.1 as it is; over TLS, HTTP/2 for clients that ask for it, and HTTP/1.1 for the others.
    ///
    /// - Parameters:
    ///   - configuration: what connections are encrypted with, and how long they may take.
    ///   - listener: lets connections in, as long as it does.
    /// - Returns: what makes the server.
    static func accord(_ configuration: ServerConfiguration, listener: Listener) -> HTTPServerBuilder {
        let idleTime = configuration.idleTime
        let channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: configuration.http.makeChannelHandlers(
                shutdownTime: configuration.shutdownTime, idleTime: idleTime),
            // Ends a connection on which nothing is asked, and one whose request has stopped arriving.
            idleTimeout: TimeAmount(idleTime))
        return HTTPServerBuilder { responder in
            guard let tls = configuration.tls else {
                return AcceptedChannel(
                    base: HTTP1Channel(responder: responder, configuration: channel), listener: listener)
            }
            let upgrade = try HTTP2UpgradeChannel(
                tlsConfiguration: tls,
                configuration: HTTP2ChannelConfiguration(idleTimeout: idleTime, streamConfiguration: channel),
                responder: responder)
            return AcceptedChannel(
                base: EncryptedChannel(base: upgrade, handshakeTime: TimeAmount(idleTime)), listener: listener)
        }
    }
}
