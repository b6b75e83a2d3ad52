package import NIOCore

/// Tells the request that is being answered that its client has gone, or has said that it will send no more, or that the
/// server stops and the time for requests that still run is up.
///
/// A client that has closed its sending half is taken for gone, as most servers do: a crashed client looks no different.
package final class ClientWatchHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = NIOAny
    package typealias OutboundIn = NIOAny

    private let shutdownTime: TimeAmount
    private var end: ClientWatch.End?
    /// Of the request that is being answered.
    private var watch: ClientWatch?
    private var shutdown: Scheduled<Void>?

    /// Makes a handler for one connection.
    ///
    /// - Parameter shutdownTime: how long a request may still run when the server stops.
    package init(shutdownTime: TimeAmount = .seconds(20)) {
        self.shutdownTime = shutdownTime
    }

    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        guard let watch = event as? ClientWatch else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        self.watch = end == nil ? watch : nil
        if let end { watch.onEnd(end) }
        promise?.succeed()
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            note(.clientHasGone)
        case is ChannelShouldQuiesceEvent where shutdown == nil:
            shutdown = context.eventLoop.assumeIsolated().scheduleTask(in: shutdownTime) { self.note(.serverStops) }
        default:
            break
        }
        context.fireUserInboundEventTriggered(event)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if error is IOError { note(.clientHasGone) }
        context.fireErrorCaught(error)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        shutdown?.cancel()
        note(.clientHasGone)
        context.fireChannelInactive()
    }

    private func note(_ end: ClientWatch.End) {
        self.end = end
        watch?.onEnd(end)
        watch = nil
    }
}
