import FoundationEssentials

/// An entry of a key set as JSON has it, public parameters only: a private key listed by mistake is used by its
/// public half.
///
/// Spec: RFC 7517 §4, RFC 7518 §6
struct JSONWebKey: Decodable {
    let kty: String
    let kid: String?
    let alg: String?
    let use: String?
    let key_ops: [String]?
    let n: String?
    let e: String?
    let crv: String?
    let x: String?
    let y: String?

    /// The one algorithm that the key verifies, decided by the key alone and never by a token; nil when it is for
    /// something else. RSA keys without `alg`, as some issuers publish them, count as RS256.
    var algorithm: SigningAlgorithm? {
        guard use ?? "sig" == "sig", key_ops?.contains("verify") ?? true else {
            return nil
        }
        return switch (kty, alg ?? "", crv ?? "") {
        case ("RSA", "", _), ("RSA", "RS256", _): .rs256
        case ("EC", "", "P-256"), ("EC", "ES256", "P-256"): .es256
        default: nil
        }
    }

    /// Reads the entries of a key set. One that can't be read (another key type with other parameters) is left out.
    ///
    /// - Returns: nil when the document is no key set at all.
    static func entries(ofSet document: [UInt8]) -> [JSONWebKey]? {
        try? JSONDecoder().decode(Document.self, from: Data(document)).keys.compactMap(\.key)
    }

    private struct Document: Decodable {
        let keys: [Entry]
    }

    private struct Entry: Decodable {
        let key: JSONWebKey?

        init(from decoder: any Decoder) {
            key = try? JSONWebKey(from: decoder)
        }
    }
}
