import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Ends a connection without losing a request when the server stops.
///
/// A connection that answers a request ends with its answer, which says so (`Connection: close`). One that is idle may
/// have a request on its way that the server has not seen yet, and HTTP/1.1 has no word to call it off. So it stays open
/// for a moment more: a request that comes is answered, as the last one; then it is closed.
///
/// It sits in front of Hummingbird's own handler, which closes a connection at once when it is told that the server
/// stops, and tells it later. HTTP/2 has a frame for it (GOAWAY), so its streams are left alone.
///
/// RFC 9112 §9.6, RFC 9113 §6.8
package final class DrainHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    private enum State {
        case serving
        /// Idle, until the timer fires or a request comes.
        case lingering(Scheduled<Void>)
        /// The handlers behind have been told.
        case ending
    }

    private let patience: TimeAmount
    private var state = State.serving
    /// How many requests have begun whose answers have not ended.
    private var unanswered = 0

    /// Makes a handler for one connection.
    ///
    /// - Parameter patience: how long an idle connection stays open.
    package init(patience: TimeAmount) {
        self.patience = patience
    }

    package func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent, unanswered == 0, !context.isStream, case .serving = state else {
            if event is ChannelShouldQuiesceEvent { state = .ending }
            return context.fireUserInboundEventTriggered(event)
        }
        state = .lingering(
            context.eventLoop.assumeIsolated().scheduleTask(in: patience) { self.end(context) })
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        unanswered += 1
        context.fireChannelRead(data)
        // The handlers behind have seen the request, so they will wait for its answer.
        end(context)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            // Requests may have come one after the other without waiting: only the last answer ends the connection.
            if case .ending = state, unanswered == 1, head.status.kind != .informational, !context.isStream {
                head.headerFields[.connection] = "close"
                return context.write(wrapOutboundOut(.head(head)), promise: promise)
            }
        case .end:
            unanswered -= 1
        case .body:
            break
        }
        context.write(data, promise: promise)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        if case .lingering(let timer) = state { timer.cancel() }
        state = .ending
        context.fireChannelInactive()
    }

    /// Tells the handlers behind that the server stops, if they don't know.
    private func end(_ context: ChannelHandlerContext) {
        guard case .lingering(let timer) = state else { return }
        timer.cancel()
        state = .ending
        context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}

extension ChannelHandlerContext {
    /// Whether this is a stream of HTTP/2: its parent is its connection, whose parent is what listens.
    var isStream: Bool { channel.parent?.parent != nil }
}
