import Crypto
import CryptoExtras
package import FoundationEssentials

/// An issuer of our own, for development and tests: an RSA key of 2,048 bits, the key set that goes with it, and the
/// tokens it signs. A production server is configured with somebody else's key set and never makes one of these.
///
///     let keys = try DevelopmentKeys.loaded(orMadeIn: ".accord/keys")
///     let token = try keys.token(subject: "user_01", organization: "org_01", organizationName: "Nordlicht", role: "member")
package struct DevelopmentKeys: Sendable {
    /// `iss` of every token.
    package static let issuer = "https://accord.localhost"

    /// `kid`: the key's thumbprint, so that another key has another one. Spec: RFC 7638 §3
    package let keyID: String
    /// The public key as a JSON Web Key Set, ending with a newline.
    package let jwks: String
    private let key: _RSA.Signing.PrivateKey

    /// Makes a new key, which takes a tenth of a second or so.
    ///
    /// - Throws: ``IdentityError/keysUnavailable(_:)`` if the cryptography library can't.
    package init() throws(IdentityError) {
        do {
            try self.init(key: _RSA.Signing.PrivateKey(keySize: .bits2048))
        } catch {
            throw .keysUnavailable("No development key could be made: \(error)")
        }
    }

    /// Takes a key made before.
    ///
    /// - Parameter pem: an RSA private key of 2,048 bits or more, PKCS #1 or PKCS #8.
    /// - Throws: ``IdentityError/keysUnavailable(_:)``.
    package init(pem: String) throws(IdentityError) {
        do {
            try self.init(key: _RSA.Signing.PrivateKey(pemRepresentation: pem))
        } catch {
            throw .keysUnavailable("This is not the private key of an RSA key pair: \(error)")
        }
    }

    private init(key: _RSA.Signing.PrivateKey) throws {
        let numbers = try key.publicKey.getKeyPrimitives()
        let n = Base64URL.encode(numbers.modulus)
        let e = Base64URL.encode(numbers.publicExponent)
        let thumbprint = SHA256.hash(data: Data(#"{"e":"\#(e)","kty":"RSA","n":"\#(n)"}"#.utf8))
        self.key = key
        self.keyID = Base64URL.encode(thumbprint)
        self.jwks = """
            {"keys":[{"alg":"RS256","e":"\(e)","kid":"\(keyID)","kty":"RSA","n":"\(n)","use":"sig"}]}

            """
    }

    /// The private key, PKCS #8 in PEM. It signs in anybody as anyone, so it goes nowhere but into its file.
    var privateKeyPEM: String {
        key.pkcs8PEMRepresentation
    }

    /// The public key in PEM.
    package var publicKeyPEM: String {
        key.publicKey.pemRepresentation
    }

    /// Mints a token, good from now on.
    ///
    /// - Parameters:
    ///   - subject: `sub`, the user.
    ///   - organization: `org_id`, as the identity provider writes it (`org_01…`).
    ///   - organizationName: `org_name`, for display.
    ///   - role: `role`; absent when nil.
    ///   - permissions: `permissions`; absent when empty.
    ///   - sessionID: `sid`.
    ///   - lifetime: how long after `now` it expires; cut to whole seconds.
    ///   - now: `iat` and `nbf`.
    /// - Returns: the token in compact form.
    /// - Throws: ``IdentityError/keysUnavailable(_:)`` if the cryptography library can't sign.
    package func token(
        subject: String,
        organization: String,
        organizationName: String? = nil,
        role: String? = nil,
        permissions: [String] = [],
        sessionID: String = "session_\(UUID().uuidString)",
        lifetime: Duration = .seconds(3_600),
        now: Date = Date()
    ) throws(IdentityError) -> String {
        let issuedAt = Int(now.timeIntervalSince1970)
        let claims = Claims(
            iss: Self.issuer,
            sub: subject,
            org_id: organization,
            org_name: organizationName,
            role: role,
            permissions: permissions.isEmpty ? nil : permissions,
            sid: sessionID,
            iat: issuedAt,
            nbf: issuedAt,
            exp: issuedAt + Int(lifetime.components.seconds)
        )
        do {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try token(payload: String(decoding: encoder.encode(claims), as: UTF8.self))
        } catch {
            throw .keysUnavailable("The token could not be written: \(error)")
        }
    }

    /// Signs any claims at all, for tests of what a verifier makes of them.
    ///
    /// - Parameters:
    ///   - payload: the claims as JSON; signed as they are.
    ///   - header: the header as JSON; by default one that is right for this key.
    /// - Returns: the token in compact form.
    /// - Throws: ``IdentityError/keysUnavailable(_:)`` if the cryptography library can't sign.
    package func token(payload: String, header: String? = nil) throws(IdentityError) -> String {
        let header = header ?? #"{"alg":"RS256","kid":"\#(keyID)","typ":"JWT"}"#
        let signedPart = "\(Base64URL.encode(header.utf8)).\(Base64URL.encode(payload.utf8))"
        do {
            let digest = SHA256.hash(data: Data(signedPart.utf8))
            let signature = try key.signature(for: digest, padding: .insecurePKCS1v1_5)
            return "\(signedPart).\(Base64URL.encode(signature.rawRepresentation))"
        } catch {
            throw .keysUnavailable("The token could not be signed: \(error)")
        }
    }

    /// The claims by their registered names, as WorkOS sends them.
    private struct Claims: Encodable {
        let iss: String
        let sub: String
        let org_id: String
        let org_name: String?
        let role: String?
        let permissions: [String]?
        let sid: String
        let iat: Int
        let nbf: Int
        let exp: Int
    }
}
