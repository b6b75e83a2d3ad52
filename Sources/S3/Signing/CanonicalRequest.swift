internal import Crypto

/// A request in the one form that both sides hash.
///
/// AWS Signature Version 4: Create a canonical request
///
///     <HTTPMethod>\n<CanonicalURI>\n<CanonicalQueryString>\n<CanonicalHeaders>\n<SignedHeaders>\n<HashedPayload>
struct CanonicalRequest {
    private let method: String
    private let path: String
    private let query: CanonicalQuery
    private let headers: [(name: String, value: String)]
    private let payloadHash: String

    /// The names of the headers that the signature covers: lower case, sorted, separated by semicolons.
    let signedHeaders: String

    /// - Parameters:
    ///   - method: In upper case.
    ///   - path: Absolute and already encoded, exactly as it is sent.
    ///   - query: All of it, but for a signature in it.
    ///   - headers: Those that the signature shall cover, `Host` among them. A name occurs once.
    ///   - payloadHash: The body's SHA-256 in lower-case hexadecimal, or `UNSIGNED-PAYLOAD`.
    init(
        method: String,
        path: String,
        query: CanonicalQuery = CanonicalQuery([]),
        headers: [(name: String, value: String)],
        payloadHash: String
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers =
            headers
            .map { (name: $0.name.lowercased(), value: Self.canonicalValue($0.value)) }
            .sorted { $0.name < $1.name }
        self.payloadHash = payloadHash
        self.signedHeaders = self.headers.map(\.name).joined(separator: ";")
    }

    var text: String {
        var text = "\(method)\n\(path)\n\(query.text)\n"
        for header in headers {
            text += "\(header.name):\(header.value)\n"
        }
        text += "\n\(signedHeaders)\n\(payloadHash)"
        return text
    }

    /// The SHA-256 of the text, in lower-case hexadecimal.
    var hash: String {
        SHA256.hash(data: Array(text.utf8)).hexadecimal
    }

    /// Trimmed, and each run of spaces reduced to one.
    private static func canonicalValue(_ value: String) -> String {
        guard value.utf8.contains(UInt8(ascii: " ")) else { return value }
        return value.split(separator: " ").joined(separator: " ")
    }
}

/// A query string as it is signed and sent: names and values encoded, then sorted.
struct CanonicalQuery {
    let text: String

    init(_ parameters: [(name: String, value: String)]) {
        text =
            parameters
            .map { (name: $0.name.uriEncoded(), value: $0.value.uriEncoded()) }
            .sorted { ($0.name, $0.value) < ($1.name, $1.value) }
            .map { "\($0.name)=\($0.value)" }
            .joined(separator: "&")
    }
}
