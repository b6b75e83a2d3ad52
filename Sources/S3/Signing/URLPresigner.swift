internal import Crypto

/// Signs the URLs of one moment and one validity. What all of them share is written once; the rest of the work grows with
/// the URL's length.
///
/// AWS Signature Version 4: Authenticating requests: using query parameters
struct URLPresigner: Sendable {
    private let origin: [UInt8]
    /// The query as far as it is the signature's own.
    private let query: [UInt8]
    private let endOfCanonicalRequest: [UInt8]
    /// The string to sign, but for the request's hash.
    private let stringToSign: [UInt8]
    private let key: SigningKey

    /// - Parameters:
    ///   - address: Of the bucket.
    ///   - signer: Whose key signs.
    ///   - expiresIn: In seconds.
    ///   - time: When the URLs begin to be valid.
    init(_ address: BucketAddress, _ signer: RequestSigner, expiresIn: Int64, at time: SigningTime) {
        let scope = signer.scope(at: time)
        var parameters = [
            (name: "X-Amz-Algorithm", value: StringToSign.algorithm),
            (name: "X-Amz-Credential", value: "\(signer.credentials.accessKeyID)/\(scope.text)"),
            (name: "X-Amz-Date", value: time.timestamp),
            (name: "X-Amz-Expires", value: String(expiresIn)),
            (name: "X-Amz-SignedHeaders", value: "host"),
        ]
        if let token = signer.credentials.sessionToken {
            parameters.append((name: "X-Amz-Security-Token", value: token))
        }
        origin = Array(address.origin.utf8)
        query = Array(CanonicalQuery(parameters).text.utf8)
        endOfCanonicalRequest = Array("\nhost:\(address.host)\n\nhost\n\(PayloadHash.unsigned)".utf8)
        stringToSign = Array("\(StringToSign.algorithm)\n\(time.timestamp)\n\(scope.text)\n".utf8)
        key = signer.key(for: scope)
    }

    /// Signs a GET.
    ///
    /// - Parameters:
    ///   - path: Absolute and already encoded.
    ///   - parameters: The query's further ones, in the order of their names, which come after all of the signature's;
    ///     the values as bytes.
    /// - Returns: An absolute URL, ASCII only.
    func url(path: String, parameters: KeyValuePairs<StaticString, [UInt8]>) -> String {
        let method = "GET\n".utf8
        var request: [UInt8] = []
        request.reserveCapacity(
            method.count + path.utf8.count + query.count + endOfCanonicalRequest.count + Self.roomForParameters)
        request.append(contentsOf: method)
        request.append(contentsOf: path.utf8)
        let endOfPath = request.count
        request.append(UInt8(ascii: "\n"))
        request.append(contentsOf: query)
        for (name, value) in parameters {
            request.append(UInt8(ascii: "&"))
            unsafe request.append(
                uriEncoding: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
            request.append(UInt8(ascii: "="))
            unsafe value.withUnsafeBufferPointer { unsafe request.append(uriEncoding: $0) }
        }
        let endOfQuery = request.count
        request.append(contentsOf: endOfCanonicalRequest)

        // The URL's path and query, as they were signed.
        var url: [UInt8] = []
        url.reserveCapacity(origin.count + endOfQuery + 82)
        url.append(contentsOf: origin)
        url.append(contentsOf: request[method.count..<endOfPath])
        url.append(UInt8(ascii: "?"))
        url.append(contentsOf: request[(endOfPath + 1)..<endOfQuery])
        url.append(contentsOf: "&X-Amz-Signature=".utf8)
        url.append(hexadecimal: signature(of: request))
        return String(decoding: url, as: UTF8.self)
    }

    private func signature(of canonicalRequest: [UInt8]) -> SHA256Digest {
        var string: [UInt8] = []
        string.reserveCapacity(stringToSign.count + 64)
        string.append(contentsOf: stringToSign)
        string.append(hexadecimal: SHA256.hash(data: canonicalRequest))
        return key.code(of: string)
    }

    /// About what the parameters take.
    private static let roomForParameters = 240
}
