package import NIOCore

/// Notices that the client at the other end has gone, or has said that it will send no more, and tells the request
/// that is being answered.
///
/// A client that has closed its sending half is taken for gone, as most servers do: a crashed client looks no different.
package final class ClientWatchHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny
    package typealias OutboundIn = NIOAny

    private var hasGone = false
    /// Of the request that is being answered.
    private var watch: ClientWatch?

    /// Makes a handler for one connection.
    package init() {}

    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        guard let watch = event as? ClientWatch else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        self.watch = watch
        if hasGone { watch.clientHasGone() }
        promise?.succeed()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { noteThatClientHasGone() }
        context.fireUserInboundEventTriggered(event)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError { noteThatClientHasGone() }
        context.fireErrorCaught(error)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        noteThatClientHasGone()
        context.fireChannelInactive()
    }

    private func noteThatClientHasGone() {
        hasGone = true
        watch?.clientHasGone()
        watch = nil
    }
}
