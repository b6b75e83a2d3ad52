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
    ///   - parameters: The query's further ones, in the order of their names, which come after all of the signature's.
    /// - Returns: An absolute URL, ASCII only.
    func url(path: String, parameters: KeyValuePairs<String, String>) -> String {
        var query = self.query
        for (name, value) in parameters {
            query.append(UInt8(ascii: "&"))
            query.append(uriEncoding: name)
            query.append(UInt8(ascii: "="))
            query.append(uriEncoding: value)
        }
        var canonical = Array("GET\n".utf8)
        canonical.reserveCapacity(path.utf8.count + query.count + endOfCanonicalRequest.count + 5)
        canonical.append(contentsOf: path.utf8)
        canonical.append(UInt8(ascii: "\n"))
        canonical.append(contentsOf: query)
        canonical.append(contentsOf: endOfCanonicalRequest)
        var stringToSign = self.stringToSign
        stringToSign.append(hexadecimal: SHA256.hash(data: canonical))

        var url = origin
        url.reserveCapacity(origin.count + path.utf8.count + query.count + 83)
        url.append(contentsOf: path.utf8)
        url.append(UInt8(ascii: "?"))
        url.append(contentsOf: query)
        url.append(contentsOf: "&X-Amz-Signature=".utf8)
        url.append(hexadecimal: key.code(of: stringToSign))
        return String(decoding: url, as: UTF8.self)
    }
}
