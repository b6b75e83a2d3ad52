import HTTPTypes
package import HummingbirdCore
package import NIOCore

/// How much of a request's body has been read when its answer is ready.
///
/// The server reads whatever is left before it takes the next request, however long that is. So an answer that comes
/// early must end the connection, unless the rest is known to be small.
enum RestOfBody: Sendable {
    /// So many bytes have been read, or none; the rest still can be.
    case begun(bytes: Int)
    /// The body was read to its last byte.
    case none
    /// The rest can't be read any more.
    case abandoned

    /// Whether the server has still to read it.
    var isUnread: Bool { if case .begun = self { true } else { false } }

    /// Whether the connection must end with the answer to `request`.
    func endsConnection(of request: Request, limits: GraphQLHTTPConfiguration.Drain) -> Bool {
        switch self {
        case .none:
            return false
        case .abandoned:
            return true
        case .begun(let bytes):
            // Who waits to be told to send the body, and isn't, may send it or the next request.
            guard bytes > 0 || !request.headers.expectsContinue, request.headers.value(of: .transferEncoding) == nil
            else {
                return true
            }
            return (request.headers.declaredContentLength ?? 0) - bytes > limits.bytes
        }
    }
}

extension HTTPFields {
    /// The body's length as the client declared it, in bytes.
    var declaredContentLength: Int? {
        value(of: .contentLength).flatMap { Int($0) }
    }

    /// Whether the client waits for `100 Continue` before it sends the body.
    var expectsContinue: Bool {
        value(of: .expect)?.lowercased() == "100-continue"
    }
}

extension Response {
    /// The response to a request of whose body nothing has been read, and nothing will be: the last of its connection,
    /// unless the body is known to be small.
    ///
    /// - Parameters:
    ///   - request: the request that it answers.
    ///   - channel: the request's channel.
    ///   - limits: how much is read and dropped for the sake of the connection.
    /// - Returns: the response, and with it what is done with the body.
    package consuming func leavingBody(
        of request: Request, on channel: any Channel, limits: GraphQLHTTPConfiguration.Drain
    ) -> Response {
        leaving(.begun(bytes: 0), of: request, on: channel, limits: limits)
    }

    /// The response to a request, and what is done with the rest of its body.
    consuming func leaving(
        _ rest: RestOfBody, of request: Request, on channel: any Channel, limits: GraphQLHTTPConfiguration.Drain
    ) -> Response {
        var response = self
        if rest.endsConnection(of: request, limits: limits) {
            response.headers[.connection] = "close"
            response.body = response.body.endingConnection(on: channel, time: limits.time)
        } else if rest.isUnread, request.headers.value(of: .connection) == "close" {
            response.body = response.body.dropping(request.body)
        }
        return response
    }
}

extension ResponseBody {
    /// The body, after which the rest of the request's is read and dropped, which Hummingbird does only where another
    /// request may follow.
    fileprivate consuming func dropping(_ rest: RequestBody) -> ResponseBody {
        let body = self
        return ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            for try await _ in rest {}
        }
    }

    /// The body, after which the connection is closed.
    ///
    /// Closing it while the client still sends destroys an answer that the client has not read yet. So the server says
    /// that nothing follows, and waits a moment for the client to go. What the client still sends is not read.
    ///
    /// RFC 9112 §9.6
    fileprivate consuming func endingConnection(on channel: any Channel, time: Duration) -> ResponseBody {
        let body = self
        return ResponseBody(contentLength: body.contentLength) { writer in
            try await body.write(writer)
            channel.close(mode: .output, promise: nil)
            await withTaskGroup { group in
                group.addTask { try? await Task.sleep(for: time) }
                group.addTask { _ = await ClientWatch.end(of: channel) }
                await group.next()
                group.cancelAll()
            }
            throw ConnectionIsOver()
        }
    }
}

/// Makes the server close the connection. It reaches no client.
private struct ConnectionIsOver: Error {}
