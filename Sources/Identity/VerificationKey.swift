import FoundationEssentials
import JWTKit

/// A public key of the issuer, for one algorithm.
struct VerificationKey: Sendable {
    /// `kid`; a set with a single key may do without.
    let keyID: String?
    let algorithm: SigningAlgorithm
    private let verifier: any JWTAlgorithm

    /// Makes a key of an entry of a key set.
    ///
    /// - Returns: nil for a key that is not for verifying RS256 or ES256 signatures, or that can't be used: RSA below
    ///   2,048 bits, a point that is not on the curve. Spec: RFC 7517 §5 has such entries ignored.
    init?(_ key: JSONWebKey) async {
        guard let algorithm = key.algorithm else {
            return nil
        }
        // jwt-kit makes its verifiers only inside a collection, and a collection falls back to its default key when
        // it doesn't know a `kid`: hence one of them for each key, asked once.
        let collection = JWTKeyCollection()
        do {
            switch algorithm {
            case .rs256:
                let rsa = try Insecure.RSA.PublicKey(modulus: key.n ?? "", exponent: key.e ?? "")
                await collection.add(rsa: rsa, digestAlgorithm: .sha256)
            case .es256:
                let ecdsa = try ES256PublicKey(parameters: (x: key.x ?? "", y: key.y ?? ""))
                await collection.add(ecdsa: ecdsa)
            }
            verifier = try await collection.getKey()
        } catch {
            return nil
        }
        self.keyID = key.kid
        self.algorithm = algorithm
    }

    /// Whether the key's owner signed these bytes.
    func verifies(_ signature: [UInt8], of bytes: ArraySlice<UInt8>) -> Bool {
        // A throw means that the signature is not even of the right form.
        (try? verifier.verify(signature, signs: bytes)) ?? false
    }
}
