import NIOCore

/// Closes a connection a moment after it is told to, when what was being written has been handed on.
///
/// When the server stops, Hummingbird closes a connection of HTTP/2 within the write that ends its last stream: before
/// that is flushed, so the answer would be lost.
final class LateCloseHandler: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = NIOAny

    func close(context: ChannelHandlerContext, mode: CloseMode, promise: EventLoopPromise<Void>?) {
        context.eventLoop.assumeIsolated().execute { context.close(mode: mode, promise: promise) }
    }
}
