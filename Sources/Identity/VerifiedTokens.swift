import Crypto
import FoundationEssentials

/// The tokens that were verified lately, by their SHA-256, so that a client's next request costs a hash and not a
/// signature.
///
/// Bounded in two halves: entries go into the young half; when that is full it becomes the old one, and the old one
/// is dropped. What is used moves to the young half, so what is dropped was not used for a while.
struct VerifiedTokens {
    private let halfCapacity: Int
    private var young: [SHA256Digest: AccessTokenClaims] = [:]
    private var old: [SHA256Digest: AccessTokenClaims] = [:]

    /// A cache of at most `capacity` tokens, an even number.
    init(capacity: Int) {
        halfCapacity = capacity / 2
    }

    /// The claims of a token verified before, unless it has expired since.
    mutating func claims(of token: SHA256Digest, at now: Date) -> AccessTokenClaims? {
        if let claims = young[token] {
            guard now < claims.expiresAt else {
                young[token] = nil
                return nil
            }
            return claims
        }
        guard let claims = old.removeValue(forKey: token), now < claims.expiresAt else {
            return nil
        }
        insert(claims, of: token)
        return claims
    }

    /// Remembers a token that has just been verified.
    mutating func insert(_ claims: AccessTokenClaims, of token: SHA256Digest) {
        if young.count >= halfCapacity, young[token] == nil {
            old = young
            young = [:]
        }
        young[token] = claims
    }

    /// How many tokens are held.
    var count: Int {
        young.count + old.count
    }
}
