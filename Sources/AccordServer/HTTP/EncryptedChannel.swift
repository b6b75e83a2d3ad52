import HummingbirdCore
import HummingbirdHTTP2
import Logging
import NIOCore
import NIOSSL

/// Connections over TLS, whose handshake must end in time, and whose last answer must not be lost. Until the handshake has
/// ended, nothing else of Hummingbird's watches them.
struct EncryptedChannel: ServerChildChannel {
    let base: HTTP2UpgradeChannel
    let handshakeTime: TimeAmount

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<HTTP2UpgradeChannel.Value> {
        let value = base.setup(channel: channel, logger: logger)
        do {
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandlers(
                [LateCloseHandler(), HandshakeTimeHandler(time: handshakeTime)],
                position: .after(try pipeline.handler(type: NIOSSLServerHandler.self)))
        } catch {
            return channel.eventLoop.makeFailedFuture(error)
        }
        return value
    }

    func handle(value: HTTP2UpgradeChannel.Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
