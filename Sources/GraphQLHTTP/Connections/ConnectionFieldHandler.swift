import HTTPTypes
package import NIOCore
import NIOHTTP1
package import NIOHTTPTypes

/// Sees to the field `Connection`. In requests over HTTP/1 a `ConnectionOptionHandler` does, which it puts before what
/// makes requests of another type, without their version. From responses over HTTP/2, which has no such field, it is
/// taken: there it ends nothing but its stream.
///
/// RFC 9113 §8.2.2
package final class ConnectionFieldHandler: ChannelOutboundHandler, RemovableChannelHandler {
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// Makes a handler for one connection, or for one stream.
    package init() {}

    package func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        // A stream has no such decoder.
        guard let decoder = try? pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self) else { return }
        do {
            try pipeline.addHandler(ConnectionOptionHandler(), position: .after(decoder))
        } catch {
            context.fireErrorCaught(error)
        }
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard context.isStream, case .head(var head) = unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        head.headerFields[.connection] = nil
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
