/// The algorithms a token may be signed with. There is no case for `none`, nor for those whose key is a shared
/// secret, so neither can reach a key by any path.
///
/// Spec: RFC 7518 §3.1
enum SigningAlgorithm: String, Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rs256 = "RS256"
    /// ECDSA on P-256 with SHA-256.
    case es256 = "ES256"

    /// Reads a token's `alg`.
    ///
    /// - Throws: ``IdentityError/algorithmRefused(_:)`` for any other algorithm.
    init(named name: String) throws(IdentityError) {
        guard let algorithm = Self(rawValue: name) else {
            throw .algorithmRefused(String(name.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(16)))
        }
        self = algorithm
    }
}
