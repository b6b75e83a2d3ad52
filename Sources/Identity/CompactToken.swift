import FoundationEssentials

/// A signed token taken apart, before anything in it is believed.
///
///     BASE64URL(header) '.' BASE64URL(payload) '.' BASE64URL(signature)
///
/// Spec: RFC 7515 §7.1 JWS Compact Serialization
struct CompactToken {
    /// Tokens of an identity provider are one or two kilobytes; more than this many bytes are not looked at.
    static let maximumBytes = 8_192

    let algorithm: SigningAlgorithm
    /// `kid`, which of the issuer's keys signed it.
    let keyID: String?
    /// What was signed: the first two parts as they were sent, with the dot between them.
    let signedBytes: ArraySlice<UInt8>
    /// The claims as JSON.
    let payload: [UInt8]
    let signature: [UInt8]

    /// Takes a token apart.
    ///
    /// - Throws: ``IdentityError/malformed`` or ``IdentityError/algorithmRefused(_:)``.
    init(_ token: [UInt8]) throws(IdentityError) {
        guard token.count <= Self.maximumBytes else {
            throw .malformed
        }
        let parts = token.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3,
            let headerBytes = Base64URL.decode(parts[0]),
            let payload = Base64URL.decode(parts[1]),
            let signature = Base64URL.decode(parts[2]),
            let header = try? JSONDecoder().decode(Header.self, from: Data(headerBytes)),
            // A critical extension has to be understood or the token refused, and none is understood here.
            // Spec: RFC 7515 §4.1.11
            !header.hasCriticalExtensions
        else {
            throw .malformed
        }
        self.algorithm = try SigningAlgorithm(named: header.algorithm)
        self.keyID = header.keyID
        self.signedBytes = token[..<parts[1].endIndex]
        self.payload = payload
        self.signature = signature
    }

    /// The registered header parameters that count here. `jku`, `jwk`, `x5u` and `x5c`, by which a token would name
    /// the key that proves it, are never looked at.
    private struct Header: Decodable {
        let algorithm: String
        let keyID: String?
        let hasCriticalExtensions: Bool

        private enum CodingKeys: String, CodingKey {
            case algorithm = "alg"
            case keyID = "kid"
            case critical = "crit"
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            algorithm = try container.decode(String.self, forKey: .algorithm)
            keyID = try container.decodeIfPresent(String.self, forKey: .keyID)
            hasCriticalExtensions = container.contains(.critical)
        }
    }
}
