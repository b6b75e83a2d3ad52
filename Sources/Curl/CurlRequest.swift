/// One HTTP request, complete: nothing is taken from the environment but the proxy settings libcurl honours
/// (`https_proxy`, `no_proxy`).
///
/// Redirects are never followed, so that a signature or a token can't travel to another host.
package struct CurlRequest: Sendable {
    /// The request methods this client speaks (RFC 9110 §9.3, RFC 5789).
    package enum Method: String, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
        case options = "OPTIONS"
    }

    package var method: Method

    /// An absolute `http` or `https` URL, percent-encoded. It is sent as written: dot segments are not resolved, since
    /// an S3 key may hold them and a signature covers them.
    package var url: String

    /// Sent in this order, besides those libcurl writes: `Host` (unless it is here), `Accept` and `Content-Length`.
    package var headers: [(name: String, value: String)]

    package var body: CurlBody

    package var timeouts: CurlTimeouts

    /// A response whose body (or whose header section) is longer fails with ``CurlError/responseTooLarge``.
    package var maximumResponseBytes: Int

    /// Called each time the request is about to be sent over a channel that stands: once more, when a reused one had been
    /// closed by the peer. Called on the client's own thread.
    package var onSend: (@Sendable () -> Void)?

    package init(
        method: Method = .get,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: CurlBody = .none,
        timeouts: CurlTimeouts = CurlTimeouts(),
        maximumResponseBytes: Int = 1 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeouts = timeouts
        self.maximumResponseBytes = maximumResponseBytes
    }
}

/// What a request carries.
package enum CurlBody: Sendable {
    case none

    case bytes([UInt8])

    /// A body that is pulled from `chunks` as fast as the peer reads it and no faster: at most two chunks exist at a
    /// time. It must come to exactly `length` bytes. It must heed cancellation, and start anew each time it is iterated:
    /// a second pass happens when the reused channel turns out to have been closed by the peer.
    case stream(length: Int, chunks: any AsyncSequence<[UInt8], any Error> & Sendable)
}

/// How long a request may take, in three ways.
package struct CurlTimeouts: Sendable {
    /// Until the channel stands: name resolution, TCP and TLS together.
    package var connect: Duration

    /// Without a byte in either direction, once connected. libcurl averages over a few seconds and counts whole
    /// seconds, so a stall is noticed up to five seconds late.
    package var stall: Duration

    /// From the start to the last byte of the response.
    package var total: Duration

    package init(
        connect: Duration = .seconds(5),
        stall: Duration = .seconds(20),
        total: Duration = .seconds(60)
    ) {
        self.connect = connect
        self.stall = stall
        self.total = total
    }
}

extension CurlRequest {
    /// Refuses what would change the request's meaning on its way through C strings and header lines: control
    /// characters and spaces in the URL, line breaks and NUL in a header (RFC 9110 §5.5).
    func validate() throws(CurlError) {
        guard url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw .invalidRequest("The URL holds a space or a control character.")
        }
        for header in headers {
            let isName = !header.name.isEmpty && header.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
            let isValue = header.value.utf8.allSatisfy { $0 != 0x0D && $0 != 0x0A && $0 != 0 }
            guard isName && isValue else {
                throw .invalidRequest("The header \(String(reflecting: header.name)) can't be written.")
            }
        }
    }
}

extension CurlRequest.Method {
    /// Whether sending the request twice does what sending it once does (RFC 9110 §9.2.2).
    var isIdempotent: Bool {
        switch self {
        case .get, .head, .put, .delete, .options: true
        case .post, .patch: false
        }
    }

    /// Whether the method's request has a body by its nature, so that an empty one is announced as such
    /// (`Content-Length: 0`, RFC 9110 §8.6).
    var expectsBody: Bool {
        switch self {
        case .post, .put, .patch: true
        case .get, .head, .delete, .options: false
        }
    }
}
