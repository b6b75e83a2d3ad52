import Crypto
package import FoundationEssentials
package import Identity

/// Tokens as an attacker or a broken client would send them, each wrong in one way and right in all others.
///
/// `keys` are those that the server under test trusts; the claims are those of `subject` in `organization`.
package struct TestTokens: Sendable {
    private let keys: DevelopmentKeys
    private let subject: String
    private let organization: String
    private let now: Date

    /// Tokens for one user.
    ///
    /// - Parameters:
    ///   - keys: what the server trusts.
    ///   - subject: `sub`.
    ///   - organization: `org_id`.
    ///   - now: when they are issued; they last an hour.
    package init(keys: DevelopmentKeys, subject: String, organization: String, now: Date = Date()) {
        self.keys = keys
        self.subject = subject
        self.organization = organization
        self.now = now
    }

    /// Nothing wrong with it.
    package func valid() throws -> String {
        try keys.token(subject: subject, organization: organization, role: "member", now: now)
    }

    /// Expired an hour ago.
    package func expired() throws -> String {
        try keys.token(
            subject: subject,
            organization: organization,
            role: "member",
            lifetime: .seconds(3_600),
            now: now - 7_200
        )
    }

    /// Signed with a key of somebody else's, under the trusted key's `kid`.
    package func signedWithForeignKey() throws -> String {
        try DevelopmentKeys().token(payload: payload, header: #"{"alg":"RS256","kid":"\#(keys.keyID)","typ":"JWT"}"#)
    }

    /// Signed with a key of somebody else's, under its own `kid`.
    package func signedWithUnknownKey() throws -> String {
        try DevelopmentKeys().token(payload: payload)
    }

    /// `alg` is `none`, and there is no signature. Spec: RFC 8725 §2.1
    package func unsigned() -> String {
        Self.compact(header: #"{"alg":"none","kid":"\#(keys.keyID)","typ":"JWT"}"#, payload: payload) { _ in [] }
    }

    /// `alg` is HS256, with the bytes of the public key as the secret. Spec: RFC 8725 §2.1
    package func signedWithPublicKeyAsSecret() -> String {
        let secret = SymmetricKey(data: Data(keys.publicKeyPEM.utf8))
        return Self.compact(header: #"{"alg":"HS256","kid":"\#(keys.keyID)","typ":"JWT"}"#, payload: payload) { bytes in
            Array(HMAC<SHA256>.authenticationCode(for: bytes, using: secret))
        }
    }

    /// Another user's claims under a good token's signature.
    package func tamperedWith() throws -> String {
        let parts = try valid().split(separator: ".")
        let other = payload.replacing(subject, with: "\(subject)x")
        return "\(parts[0]).\(Base64URL.encode(other.utf8)).\(parts[2])"
    }

    /// The claims that a good token would have.
    package var payload: String {
        let issuedAt = Int(now.timeIntervalSince1970)
        return """
            {"iss":"\(DevelopmentKeys.issuer)","sub":"\(subject)","org_id":"\(organization)","role":"member",\
            "iat":\(issuedAt),"nbf":\(issuedAt),"exp":\(issuedAt + 3_600)}
            """
    }

    /// A token in compact form of any header and claims.
    ///
    /// - Parameters:
    ///   - header: as JSON.
    ///   - payload: as JSON.
    ///   - sign: gets the bytes to be signed and gives the signature.
    /// - Returns: the three parts, joined by dots.
    package static func compact(
        header: String,
        payload: String,
        sign: (Data) throws -> [UInt8]
    ) rethrows -> String {
        let signedPart = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        return try "\(signedPart).\(Base64URL.encode(sign(Data(signedPart.utf8))))"
    }
}
