import NIOCore
import NIOHTTP1

/// Spells it in one way that a request is the last of its connection: `Connection: close`, which is what Hummingbird looks
/// for.
///
/// The field is a list, and its options are not case-sensitive. In HTTP/1.0 a request is the last unless it says
/// `keep-alive`.
///
/// RFC 9110 §7.6.1, RFC 9112 §9.3
final class ConnectionOptionHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(var head) = unwrapInboundIn(data), Self.isLast(head) else {
            return context.fireChannelRead(data)
        }
        head.headers.replaceOrAdd(name: "Connection", value: "close")
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    private static func isLast(_ head: HTTPRequestHead) -> Bool {
        let options = head.headers[canonicalForm: "Connection"].map { $0.lowercased() }
        return options.contains("close") || (head.version == .http1_0 && !options.contains("keep-alive"))
    }
}
