import Glibc
package import NIOCore

/// Closes a connection whose client takes nothing of what is sent to it.
///
/// Answers are written piece by piece, each when there is room for it. So a connection that has no room for so long has a
/// client that reads next to nothing. For that, the system may keep little that it could not send yet: else it would have
/// room again only after megabytes.
package final class StalledAnswerHandler: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny

    /// How much the system keeps, in bytes.
    private static let unsentBytes: ChannelOptions.Types.SocketOption.Value = 128 << 10

    private let time: TimeAmount
    private var alarm: Scheduled<Void>?

    /// Makes a handler for one connection, or for one stream, that may be full for so long.
    package init(time: TimeAmount) {
        self.time = time
    }

    package func handlerAdded(context: ChannelHandlerContext) {
        // HTTP/2 has windows of its own.
        guard !context.isStream else { return }
        do {
            try context.channel.syncOptions?.setOption(
                ChannelOptions.Types.SocketOption(level: .tcp, name: NIOBSDSocket.Option(rawValue: TCP_NOTSENT_LOWAT)),
                value: Self.unsentBytes)
        } catch {
            // The connection has been closed already.
        }
    }

    package func channelWritabilityChanged(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm =
            context.channel.isWritable
            ? nil : context.eventLoop.assumeIsolated().scheduleTask(in: time) { context.close(promise: nil) }
        context.fireChannelWritabilityChanged()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }
}
