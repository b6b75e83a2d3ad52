import Gzip
import HTTPTypes

extension Answer {
    /// Bodies below this size are not worth the work.
    private static let smallestCompressed = 1_024

    /// Makes the body smaller for a client that takes that, if there is enough of it.
    mutating func compress(for request: HTTPFields) {
        guard !body.isEmpty else { return }
        headers.append(HTTPField(name: .vary, value: "Accept-Encoding"))
        guard body.count >= Self.smallestCompressed, acceptsGzip(request.value(of: .acceptEncoding)),
            let compressed = Gzip.compress(body)
        else { return }
        headers[.contentEncoding] = "gzip"
        body = compressed
    }
}
