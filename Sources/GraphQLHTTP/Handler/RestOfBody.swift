import HTTPTypes
import Hummingbird
import NIOCore

/// How much of a request's body has been read when its answer is ready.
///
/// The server reads whatever is left before it takes the next request, however long that is. So an answer that comes
/// early must end the connection, unless the rest is known to be small.
enum RestOfBody: Sendable {
    /// Nothing has been read.
    case untouched
    /// The body was read to its last byte, or is so short that the server may do it.
    case harmless
    /// Some has been read; the rest can't be any more.
    case abandoned

    /// Whether the connection must end with the answer to `request`.
    func endsConnection(of request: Request, limits: GraphQLHTTPConfiguration.Drain) -> Bool {
        switch self {
        case .harmless: return false
        case .abandoned: return true
        case .untouched:
            guard !request.headers.expectsContinue, request.headers[.transferEncoding] == nil else { return true }
            return request.headers.declaredContentLength ?? 0 > limits.bytes
        }
    }
}

extension HTTPFields {
    /// The body's length as the client declared it, in bytes.
    var declaredContentLength: Int? {
        self[.contentLength].flatMap { Int($0) }
    }

    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool {
        self[.expect]?.lowercased() == "100-continue"
    }
}

extension ResponseBody {
    /// A body after which the connection is closed.
    ///
    /// Closing while the client still sends would destroy the answer on its way. So the connection stays open for a
    /// moment, in which a bounded part of `unread` is read and dropped.
    static func lastOfConnection(
        _ bytes: ByteBuffer,
        dropping unread: RequestBody?,
        limits: GraphQLHTTPConfiguration.Drain
    ) -> ResponseBody {
        ResponseBody(contentLength: bytes.readableBytes) { writer in
            if bytes.readableBytes > 0 { try await writer.write(bytes) }
            try await writer.finish(nil)
            await withTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try? await Task.sleep(for: limits.time)
                    return true
                }
                if let unread { group.addTask { await unread.endsWithin(limits.bytes) } }
                for await isOver in group where isOver { break }
                group.cancelAll()
            }
            throw ConnectionIsOver()
        }
    }
}

/// Makes the server close the connection. It reaches no client.
private struct ConnectionIsOver: Error {}

extension RequestBody {
    /// Reads until more than `count` bytes have come or no more will.
    fileprivate func endsWithin(_ count: Int) async -> Bool {
        var left = count
        do {
            for try await chunk in self {
                left -= chunk.readableBytes
                if left < 0 { return false }
            }
        } catch {
            // The client has gone: the end of the body, too.
        }
        return true
    }
}
