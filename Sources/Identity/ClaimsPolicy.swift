import FoundationEssentials

/// The checks on a token's claims, once its signature is known to be good.
///
/// Spec: RFC 7519 §4.1 Registered Claim Names
struct ClaimsPolicy: Sendable {
    /// `iss` must be one of these; any will do when there are none.
    let issuers: Set<String>
    /// `aud` must name one of these; any will do when there are none.
    let audiences: Set<String>
    /// How far the issuer's clock and ours may be apart.
    let leeway: Duration

    /// Reads and checks the claims.
    ///
    /// - Parameters:
    ///   - payload: the claims as JSON.
    ///   - now: the time to check them against.
    /// - Returns: the claims, all of them checked.
    /// - Throws: what is wrong with them, the first thing found.
    func claims(in payload: [UInt8], at now: Date) throws(IdentityError) -> AccessTokenClaims {
        guard let claims = try? JSONDecoder().decode(Payload.self, from: Data(payload)) else {
            throw .malformed
        }
        let leeway = leeway / .seconds(1)
        guard let expiry = claims.exp else {
            throw .missingClaim("exp")
        }
        let expiresAt = Date(timeIntervalSince1970: expiry)
        guard now < expiresAt + leeway else {
            throw .expired
        }
        for earliest in [claims.nbf, claims.iat].compactMap({ $0 })
        where now + leeway < Date(timeIntervalSince1970: earliest) {
            throw .notYetValid
        }
        if !issuers.isEmpty {
            guard try issuers.contains(Self.require(claims.iss, "iss")) else {
                throw .wrongIssuer
            }
        }
        if !audiences.isEmpty {
            guard let audience = claims.aud else {
                throw .missingClaim("aud")
            }
            guard !audiences.isDisjoint(with: audience.names) else {
                throw .wrongAudience
            }
        }
        return AccessTokenClaims(
            subject: try Self.require(claims.sub, "sub"),
            organization: try Self.require(claims.org_id, "org_id"),
            organizationName: claims.org_name,
            role: claims.role,
            permissions: claims.permissions ?? [],
            sessionID: claims.sid,
            issuer: claims.iss,
            expiresAt: expiresAt
        )
    }

    private static func require(_ value: String?, _ claim: String) throws(IdentityError) -> String {
        guard let value, !value.isEmpty else {
            throw .missingClaim(claim)
        }
        return value
    }

    /// The claims by their registered names. All optional, so that an absent one can be named in the error.
    private struct Payload: Decodable {
        let iss: String?
        let sub: String?
        let aud: Audience?
        /// Seconds since 1970, possibly with a fraction, as are `nbf` and `iat`. Spec: RFC 7519 §2 NumericDate
        let exp: Double?
        let nbf: Double?
        let iat: Double?
        let sid: String?
        let org_id: String?
        let org_name: String?
        let role: String?
        let permissions: [String]?
    }

    /// `aud` is one string or an array of them.
    private struct Audience: Decodable {
        let names: [String]

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let name = try? container.decode(String.self) {
                names = [name]
            } else {
                names = try container.decode([String].self)
            }
        }
    }
}
