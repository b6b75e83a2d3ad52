import AccordCore
import Crypto
import FoundationEssentials
import S3

/// Makes and checks links to files of the directory store, good for anyone until they expire:
/// `{base}/files/{key}?expires={seconds since 1970}&name={file name}&signature={HMAC-SHA256 in hexadecimal}`.
struct SignedLink {
    /// Where this server is reached, without a slash at the end.
    let baseURL: @Sendable () -> String
    let secret: SymmetricKey

    /// The path below which the files are served.
    static let pathPrefix = "/files/"

    /// A link, valid until the given time.
    func url(key: ObjectKey, fileName: String, expires: Date) -> String {
        let expires = Int(expires.timeIntervalSince1970.rounded(.down))
        let path = key.description.uriEncoded(keepingSlashes: true)
        let signature = HMAC<SHA256>.authenticationCode(for: Self.signed(key, fileName, expires), using: secret)
        return "\(baseURL())\(Self.pathPrefix)\(path)?expires=\(expires)&name=\(fileName.uriEncoded())"
            + "&signature=\(signature.hexadecimal)"
    }

    /// What the path and the query of a link lead to; nil for a link that is malformed, expired, or not signed by us.
    /// Both come percent-encoded, as the request has them.
    func target(path: String, query: String, now: Date) -> (key: ObjectKey, fileName: String)? {
        guard path.hasPrefix(Self.pathPrefix), let key = Self.decoded(path.dropFirst(Self.pathPrefix.count)),
            let expires = Self.value(of: "expires", in: query).flatMap({ Int($0) }),
            let fileName = Self.value(of: "name", in: query),
            let signature = Self.value(of: "signature", in: query)
        else { return nil }
        let objectKey = ObjectKey(stored: key)
        let message = Self.signed(objectKey, fileName, expires)
        guard now.timeIntervalSince1970 < Double(expires), isSignature(signature, of: message) else { return nil }
        return (objectKey, fileName)
    }

    /// Compares in constant time: the MACs of two texts under a key nobody knows are equal exactly if the texts are.
    private func isSignature(_ text: String, of message: [UInt8]) -> Bool {
        let expected = HMAC<SHA256>.authenticationCode(for: message, using: secret).hexadecimal
        let blind = SymmetricKey(size: .bits256)
        let code = HMAC<SHA256>.authenticationCode(for: Array(expected.utf8), using: blind)
        return HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: Array(text.utf8), using: blind)
    }

    /// What is signed. Zero bytes keep the parts apart: keys and names come from PostgreSQL's texts, which have none.
    private static func signed(_ key: ObjectKey, _ fileName: String, _ expires: Int) -> [UInt8] {
        Array("accord download\0\(key)\0\(expires)\0\(fileName)".utf8)
    }

    private static func value(of name: String, in query: String) -> String? {
        query.split(separator: "&").first { $0.hasPrefix(name + "=") }.flatMap { decoded($0.dropFirst(name.count + 1)) }
    }

    /// Decodes percent-encoding (RFC 3986 §2.1); nil where a percent sign is not followed by two digits, or the bytes are
    /// not UTF-8.
    static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            let digits = rest.prefix(2)
            guard digits.count == 2, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
