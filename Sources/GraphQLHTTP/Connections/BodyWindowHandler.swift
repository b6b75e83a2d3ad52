import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Reads a body no further ahead of those who take it than a window: what is not wanted stays with the client.
///
/// When the response has been written and the connection goes on, nobody takes the rest, so it is read without a bound;
/// `RestOfBody` has seen to it that it is small.
package final class BodyWindowHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// How many bytes may be read; nil between bodies.
    private var room: Int?
    /// Whether some of the body has been taken.
    private var isTaken = false
    /// Whether a read waits for room.
    private var isHeldBack = false
    /// Whether the response that is being written is the last.
    private var isClosing = false

    /// Makes a handler for one connection, or for one stream.
    package init() {}

    package func handlerAdded(context: ChannelHandlerContext) {
        setPieces(.unasked, context)
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            room = BodyWindow.unasked.size
            isClosing = false
            if isTaken { setPieces(.unasked, context) }
            isTaken = false
        case .body(let bytes):
            if let room { self.room = room - bytes.readableBytes }
        case .end:
            room = nil
        }
        context.fireChannelRead(data)
    }

    package func read(context: ChannelHandlerContext) {
        isHeldBack = room.map { $0 <= 0 } ?? false
        if !isHeldBack { context.read() }
    }

    package func triggerUserOutboundEvent(
        context: ChannelHandlerContext, event: Any, promise: EventLoopPromise<Void>?
    ) {
        guard let taken = event as? BodyTaken else {
            return context.triggerUserOutboundEvent(event, promise: promise)
        }
        if let room { self.room = room + taken.bytes }
        if !isTaken, let room {
            isTaken = true
            self.room = room + taken.window.size - BodyWindow.unasked.size
            setPieces(taken.window, context)
        }
        readOn(context)
        promise?.succeed()
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head):
            isClosing = head.headerFields[.connection] == "close"
        case .body:
            break
        case .end:
            if !isClosing { room = nil }
        }
        context.write(data, promise: promise)
        readOn(context)
    }

    private func readOn(_ context: ChannelHandlerContext) {
        if isHeldBack { read(context: context) }
    }

    private func setPieces(_ window: BodyWindow, _ context: ChannelHandlerContext) {
        // A connection's parent is what listens. A stream's is its connection: it has no allocator to be set.
        guard let listener = context.channel.parent, listener.parent == nil else { return }
        let allocator = AdaptiveRecvByteBufferAllocator(
            minimum: 1 << 10, initial: min(2 << 10, window.largestPiece), maximum: window.largestPiece)
        do {
            try context.channel.syncOptions?.setOption(.recvAllocator, value: allocator)
            try context.channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
        } catch {
            // The connection has been closed already.
        }
    }
}
