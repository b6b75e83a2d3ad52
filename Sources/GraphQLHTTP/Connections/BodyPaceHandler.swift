import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Gives up a body that arrives too slowly: those who read it are thrown a `SlowBody`, and can still answer.
///
/// It stands where reads pass it that go out to the connection, so it knows when the server wants more and when not. A
/// request that arrives at once, as most do, sets no timer.
package final class BodyPaceHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    private let rate: MinimumRate
    /// Of the body that is arriving.
    private var pace: BodyPace?
    /// Whether more was asked for than has come.
    private var isReading = false
    private var alarm: Scheduled<Void>?

    /// Makes a handler for one connection, or for one stream.
    package init(rate: MinimumRate) {
        self.rate = rate
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        alarm?.cancel()
        alarm = nil
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        // Who waits for an invitation is not slow before it comes.
        case .head(let head): pace = head.headerFields.expectsContinue ? nil : BodyPace(rate)
        case .body(let bytes): pace?.receive(bytes.readableBytes, at: context.eventLoop.now)
        case .end: pace = nil
        }
        context.fireChannelRead(data)
    }

    package func channelReadComplete(context: ChannelHandlerContext) {
        isReading = false
        context.fireChannelReadComplete()
    }

    package func read(context: ChannelHandlerContext) {
        isReading = true
        watch(context)
        context.read()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head(let head) = unwrapOutboundIn(data), head.status == .continue {
            pace = BodyPace(rate)
            if isReading { watch(context) }
        }
        context.write(data, promise: promise)
    }

    private func watch(_ context: ChannelHandlerContext) {
        pace?.wait(since: context.eventLoop.now)
        // One that rings too early is set again then.
        guard alarm == nil, let deadline = pace?.deadline else { return }
        alarm = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.alarm = nil
            self.check(context)
        }
    }

    private func check(_ context: ChannelHandlerContext) {
        guard let deadline = pace?.deadline else { return }
        guard deadline <= context.eventLoop.now else { return watch(context) }
        pace = nil
        context.fireErrorCaught(SlowBody())
    }
}

/// A body arrives too slowly, or not at all.
struct SlowBody: Error {}
