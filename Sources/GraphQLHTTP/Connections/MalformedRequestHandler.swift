import GraphQL
import HTTPTypes
package import NIOCore
import NIOHTTP1
package import NIOHTTPTypes

/// Answers what can't be understood as an HTTP request with a GraphQL error, and ends the connection.
///
/// It sits behind the parser. A parser's error that comes while a request is being answered is passed on: that request's
/// body is at fault then, and its answer says so.
package final class MalformedRequestHandler: ChannelDuplexHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart
    package typealias OutboundIn = HTTPResponsePart
    package typealias OutboundOut = HTTPResponsePart

    /// How many requests have begun whose answers have not ended.
    private var unanswered = 0

    /// Makes a handler for one connection.
    package init() {}

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    package func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
        context.write(data, promise: promise)
    }

    package func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard unanswered == 0, !(error is IOError), !(error is ChannelError) else {
            return context.fireErrorCaught(error)
        }
        let requestID = HTTPFields().requestID
        let answer = Answer(Self.refusal(for: error), requestID: requestID, as: .json)
        var headers = answer.headers
        headers[.requestID] = requestID
        headers[.contentLength] = String(answer.body.count)
        headers[.connection] = "close"
        context.write(
            wrapOutboundOut(.head(HTTPResponse(status: answer.status, headerFields: headers))), promise: nil)
        context.write(wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))), promise: nil)
        let channel = context.channel
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in channel.close(promise: nil) }
    }

    private static func refusal(for error: any Error) -> HTTPRefusal {
        switch error as? HTTPParserError {
        case .headerOverflow:
            HTTPRefusal(
                .requestHeaderFieldsTooLarge, code: .requestTooLarge, "The request's header fields are too large.")
        case .invalidMethod:
            .methodNotServed
        default:
            .badRequest("This is not an HTTP request that this server understands.")
        }
    }
}
