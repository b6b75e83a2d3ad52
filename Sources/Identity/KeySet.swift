import Crypto
import FoundationEssentials
import Synchronization

/// The issuer's keys as they were at one time, with the tokens they have verified: a new set starts with none, so a
/// token outlives its key nowhere.
final class KeySet: Sendable {
    /// The JSON it was made of.
    let document: [UInt8]
    /// In the order of the document: of two with the same `kid` and algorithm the first counts.
    private let keys: [VerificationKey]
    private let verifiedTokens: Mutex<VerifiedTokens>

    /// Reads a JSON Web Key Set.
    ///
    /// - Parameters:
    ///   - document: the set as JSON.
    ///   - capacity: how many verified tokens it remembers at most.
    /// - Throws: ``IdentityError/keysUnavailable(_:)`` when it is no key set, or has no key for RS256 or ES256.
    init(document: [UInt8], capacity: Int) async throws(IdentityError) {
        guard let entries = JSONWebKey.entries(ofSet: document) else {
            throw .keysUnavailable("The answer is not a JSON Web Key Set.")
        }
        var keys: [VerificationKey] = []
        for entry in entries {
            if let key = await VerificationKey(entry) {
                keys.append(key)
            }
        }
        guard !keys.isEmpty else {
            throw .keysUnavailable("The key set has no key for RS256 or ES256 signatures.")
        }
        self.document = document
        self.keys = keys
        self.verifiedTokens = Mutex(VerifiedTokens(capacity: capacity))
    }

    /// How many keys the set has.
    var count: Int {
        keys.count
    }

    /// Whether a key has this `kid`, for whatever algorithm.
    func contains(keyID: String) -> Bool {
        keys.contains { $0.keyID == keyID }
    }

    /// The key that a token must have been signed with.
    ///
    /// - Throws: ``IdentityError/unknownKey``; ``IdentityError/algorithmRefused(_:)`` when the key that the token names
    ///   is for another algorithm.
    func key(for token: CompactToken) throws(IdentityError) -> VerificationKey {
        let candidates = keys.filter { $0.algorithm == token.algorithm }
        guard let keyID = token.keyID else {
            guard let key = candidates.first, candidates.count == 1 else {
                throw .unknownKey
            }
            return key
        }
        guard let key = candidates.first(where: { $0.keyID == keyID }) else {
            throw contains(keyID: keyID) ? .algorithmRefused(token.algorithm.rawValue) : .unknownKey
        }
        return key
    }

    /// The claims of a token that this set has verified before and that has not expired since.
    func verifiedClaims(of token: SHA256Digest, at now: Date) -> AccessTokenClaims? {
        verifiedTokens.withLock { $0.claims(of: token, at: now) }
    }

    /// Remembers a token that a key of this set has verified.
    func remember(_ claims: AccessTokenClaims, of token: SHA256Digest) {
        verifiedTokens.withLock { $0.insert(claims, of: token) }
    }
}
