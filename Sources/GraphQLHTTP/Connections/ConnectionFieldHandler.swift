import HTTPTypes
package import NIOCore
package import NIOHTTPTypes

/// Takes the field `Connection` out of responses over HTTP/2, which has none: there it ends nothing but its stream.
///
/// RFC 9113 §8.2.2
package final class ConnectionFieldHandler: ChannelOutboundHandler, RemovableChannelHandler {
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// Makes a handler for one connection, or for one stream.
    package init() {}

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard context.isStream, case .head(var head) = unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        head.headerFields[.connection] = nil
        context.write(wrapOutboundOut(.head(head)), promise: promise)
    }
}
