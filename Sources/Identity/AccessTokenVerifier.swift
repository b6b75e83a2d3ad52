import Crypto
package import FoundationEssentials
package import Logging

/// Turns a bearer token into verified claims.
///
/// The order is what makes it safe. Size and form first; then the algorithm, of which only RS256 and ES256 are known;
/// then the key, which the token's `kid` names among the issuer's and which is for one algorithm only; then the
/// signature; and only then is a claim believed. A token that passed is remembered by its SHA-256, so the next request
/// with it costs a hash.
///
///     let verifier = AccessTokenVerifier(keys: .file(path: "jwks.json"), issuers: ["https://id.example"], …)
///     try await verifier.loadKeys()                        // at start-up: no keys, no server
///     let claims = try await verifier.verify(bearerToken)  // for each request
///
/// Keys are read again when a token names one that is not known, at most once in ``keyRefetchInterval``; requests that
/// come meanwhile share the one reading. ``run(every:)`` reads them now and then besides, so that a key withdrawn by
/// its owner stops being trusted.
///
/// Spec: RFC 7519 §7.2, RFC 8725 (best current practices)
package final class AccessTokenVerifier: Sendable {
    /// How long after one reading of the keys a token with an unknown key starts no other one.
    package static let keyRefetchInterval = Duration.seconds(30)
    /// How many verified tokens are remembered at most.
    package static let rememberedTokens = 4_096

    private let keyRing: KeyRing
    private let policy: ClaimsPolicy
    private let now: @Sendable () -> Date
    private let logger: Logger

    /// Makes a verifier that has no keys yet.
    ///
    /// - Parameters:
    ///   - keys: where the issuer's keys are.
    ///   - issuers: what `iss` may be; anything, or nothing, when empty.
    ///   - audiences: what `aud` may name; anything, or nothing, when empty.
    ///   - leeway: how far the issuer's clock and ours may be apart.
    ///   - logger: told at `debug` of keys that were read, and at `warning` of those that ``run(every:)`` could not.
    ///   - now: the clock.
    package init(
        keys: JWKSSource,
        issuers: [String] = [],
        audiences: [String] = [],
        leeway: Duration = .seconds(30),
        logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.keyRing = KeyRing(
            source: keys,
            minimumInterval: Self.keyRefetchInterval,
            tokenCapacity: Self.rememberedTokens,
            now: now
        )
        self.policy = ClaimsPolicy(issuers: Set(issuers), audiences: Set(audiences), leeway: leeway)
        self.now = now
        self.logger = logger
    }

    /// Reads the keys from their source now, whenever they were read last. If that fails, those in use stay.
    ///
    /// - Throws: ``IdentityError/keysUnavailable(_:)``.
    package func loadKeys() async throws(IdentityError) {
        let keySet = try await keyRing.read()
        logger.debug("Token keys were read.", metadata: ["keys": "\(keySet.count)"])
    }

    /// Reads the keys again and again until the task is cancelled.
    package func run(every interval: Duration = .seconds(3_600)) async {
        while true {
            do {
                try await Task.sleep(for: interval)
            } catch {
                return
            }
            do throws(IdentityError) {
                try await loadKeys()
            } catch {
                logger.warning(
                    "Token keys could not be read again; the old ones stay.", metadata: ["cause": "\(error)"])
            }
        }
    }

    /// Verifies a token.
    ///
    /// - Parameter bearerToken: the token alone, without `Bearer`; at most 8,192 bytes.
    /// - Returns: its claims, all of them checked.
    /// - Throws: the first thing that is wrong. Waits for a reading of the keys only if the token's key is unknown.
    package func verify(_ bearerToken: String) async throws(IdentityError) -> AccessTokenClaims {
        guard bearerToken.utf8.count <= CompactToken.maximumBytes else {
            throw .malformed
        }
        let bytes = Array(bearerToken.utf8)
        let digest = SHA256.hash(data: bytes)
        if let claims = keyRing.current?.verifiedClaims(of: digest, at: now()) {
            return claims
        }
        let token = try CompactToken(bytes)
        let keySet = try await keyRing.keySet(for: token)
        guard try keySet.key(for: token).verifies(token.signature, of: token.signedBytes) else {
            throw .badSignature
        }
        let claims = try policy.claims(in: token.payload, at: now())
        keySet.remember(claims, of: digest)
        return claims
    }
}
