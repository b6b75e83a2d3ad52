import Crypto
import FoundationEssentials
import TestSupport
import Testing

@testable import Identity

@Suite struct AccessTokenVerifierTests {
    private let issuer: Issuer

    init() throws {
        issuer = try Issuer()
    }

    @Test func `a good token gives its claims`() async throws {
        let token = try issuer.keys.token(
            subject: "user_1",
            organization: "org_1",
            organizationName: "Nordlicht GmbH",
            role: "admin",
            permissions: ["agreements:write"],
            sessionID: "session_1",
            lifetime: .seconds(300),
            now: issuer.now
        )

        let claims = try await issuer.verifier(issuers: ["https://other.example", DevelopmentKeys.issuer]).verify(token)

        #expect(
            claims
                == AccessTokenClaims(
                    subject: "user_1",
                    organization: "org_1",
                    organizationName: "Nordlicht GmbH",
                    role: "admin",
                    permissions: ["agreements:write"],
                    sessionID: "session_1",
                    issuer: DevelopmentKeys.issuer,
                    expiresAt: issuer.now + 300
                )
        )
    }

    @Test func `claims that may be absent may be null, too`() async throws {
        let minimal = try issuer.token(#"{"sub":"u","org_id":"o","exp":NOW.5,"role":null,"permissions":null}"#)

        #expect(
            await outcome(of: minimal, issuer.verifier())
                == .success(
                    AccessTokenClaims(
                        subject: "u",
                        organization: "o",
                        organizationName: nil,
                        role: nil,
                        permissions: [],
                        sessionID: nil,
                        issuer: nil,
                        expiresAt: issuer.now + 0.5
                    )
                )
        )
    }

    // MARK: Keys and signatures

    @Test func `none, HMAC with the public key, foreign keys and changed claims are refused`() async throws {
        let tokens = issuer.tokens
        let verifier = issuer.verifier()

        #expect(await outcome(of: tokens.unsigned(), verifier) == .failure(.algorithmRefused("none")))
        #expect(
            await outcome(of: tokens.signedWithPublicKeyAsSecret(), verifier) == .failure(.algorithmRefused("HS256"))
        )
        #expect(await outcome(of: try tokens.signedWithForeignKey(), verifier) == .failure(.badSignature))
        #expect(await outcome(of: try tokens.signedWithUnknownKey(), verifier) == .failure(.unknownKey))
        #expect(await outcome(of: try tokens.tamperedWith(), verifier) == .failure(.badSignature))
        #expect(await outcome(of: try tokens.expired(), verifier) == .failure(.expired))
        #expect(await outcome(of: try tokens.valid(), verifier).map(\.subject) == .success("user_1"))
    }

    @Test(arguments: [
        ("none", "none"), ("None", "None"), ("nOnE", "nOnE"), ("", ""), ("HS256", "HS256"), ("HS384", "HS384"),
        ("HS512", "HS512"), ("PS256", "PS256"), ("RS384", "RS384"), ("RS512", "RS512"), ("ES384", "ES384"),
        ("ES256K", "ES256K"), ("EdDSA", "EdDSA"), ("rs256", "rs256"), ("RS256 ", "RS256"), ("ES256", "ES256"),
        (#"a\nb\u001b[31m"#, "ab31m"), ("0123456789abcdefXYZ", "0123456789abcdef"),
    ])
    func `an algorithm that is not the key's own is refused before any key is used`(
        algorithm: String,
        named: String
    ) async throws {
        let header = #"{"alg":"\#(algorithm)","kid":"\#(issuer.keys.keyID)"}"#
        let token = try issuer.keys.token(payload: issuer.tokens.payload, header: header)

        #expect(await outcome(of: token, issuer.verifier()) == .failure(.algorithmRefused(named)))
    }

    @Test func `a signature cut short, empty or longer is refused`() async throws {
        let token = try issuer.tokens.valid()
        let parts = token.split(separator: ".").map(String.init)
        let signature = try #require(Base64URL.decode(parts[2].utf8))
        let verifier = issuer.verifier()

        for wrong in [[], Array(signature.dropLast()), signature + [0], Array(repeating: 0, count: 256)] {
            let changed = "\(parts[0]).\(parts[1]).\(Base64URL.encode(wrong))"
            #expect(await outcome(of: changed, verifier) == .failure(.badSignature))
        }
    }

    @Test func `every byte of a token counts`() async throws {
        let token = Array(try issuer.tokens.valid().utf8)
        let verifier = issuer.verifier()
        _ = try await verifier.verify(String(decoding: token, as: UTF8.self))

        for index in token.indices {
            var changed = token
            changed[index] = changed[index] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let result = await outcome(of: String(decoding: changed, as: UTF8.self), verifier)
            #expect(throws: IdentityError.self, "byte \(index)") { try result.get() }
        }
    }

    @Test func `an ES256 token is verified with a P-256 key`() async throws {
        let key = P256.Signing.PrivateKey()
        let point = key.publicKey.rawRepresentation
        let (x, y) = (Base64URL.encode(point.prefix(32)), Base64URL.encode(point.suffix(32)))
        issuer.publish(#"{"keys":[{"kty":"EC","crv":"P-256","kid":"ec","x":"\#(x)","y":"\#(y)"}]}"#)
        let header = #"{"alg":"ES256","kid":"ec"}"#
        let good = try TestTokens.compact(header: header, payload: issuer.tokens.payload) {
            Array(try key.signature(for: $0).rawRepresentation)
        }
        let foreign = try TestTokens.compact(header: header, payload: issuer.tokens.payload) {
            Array(try P256.Signing.PrivateKey().signature(for: $0).rawRepresentation)
        }
        // The ASN.1 form is what ECDSA signatures have elsewhere; RFC 7518 §3.4 wants the two numbers alone.
        let derEncoded = try TestTokens.compact(header: header, payload: issuer.tokens.payload) {
            Array(try key.signature(for: $0).derRepresentation)
        }
        let verifier = issuer.verifier()

        #expect(try await verifier.verify(good).subject == "user_1")
        #expect(await outcome(of: foreign, verifier) == .failure(.badSignature))
        #expect(await outcome(of: derEncoded, verifier) == .failure(.badSignature))
        #expect(
            await outcome(
                of: try issuer.keys.token(payload: issuer.tokens.payload, header: #"{"alg":"RS256","kid":"ec"}"#),
                verifier
            ) == .failure(.algorithmRefused("RS256"))
        )
    }

    // MARK: Form

    @Test(arguments: [
        "", ".", "..", "...", "a.b", "a.b.c", "a.b.c.d", "Bearer abc", "🦊.🦊.🦊", "eyJhbGciOiJSUzI1NiJ9..", "\0.\0.\0",
    ])
    func `what is no token is malformed`(text: String) async {
        let result = await outcome(of: text, issuer.verifier())
        // An empty payload and signature have the form of a token, so that one gets as far as its signature.
        #expect(result == .failure(text == "eyJhbGciOiJSUzI1NiJ9.." ? .badSignature : .malformed))
    }

    @Test(arguments: [
        "[]", "null", "7", #""RS256""#, "{}", #"{"kid":"k"}"#, #"{"alg":null}"#, #"{"alg":5}"#, #"{"alg":["RS256"]}"#,
        #"{"alg":"RS256","kid":5}"#, #"{"alg":"RS256","crit":["exp"]}"#, #"{"alg":"RS256","crit":[]}"#,
        #"{"alg":"RS256""#, #"{"alg":"RS256"} x"#, "\u{0}",
        String(repeating: "[", count: 3_000), String(repeating: #"{"a":"#, count: 1_200),
    ])
    func `a header that is not one is malformed`(header: String) async throws {
        let token = try issuer.keys.token(payload: issuer.tokens.payload, header: header)
        #expect(await outcome(of: token, issuer.verifier()) == .failure(.malformed))
    }

    @Test func `a token of 8,192 bytes is accepted and one of 8,193 is malformed`() async throws {
        func token(padding: Int) throws -> String {
            let padding = String(repeating: "x", count: padding)
            return try issuer.token(#"{"sub":"u","org_id":"o","exp":NOW.5,"org_name":"\#(padding)"}"#)
        }
        let payloadBytes = try CompactToken.maximumBytes - token(padding: 0).utf8.count
        let sizes = try (-8...8).map { try token(padding: payloadBytes * 3 / 4 + $0) }
        let largest = try #require(sizes.last { $0.utf8.count <= 8_192 })
        let tooLarge = try #require(sizes.first { $0.utf8.count > 8_192 })

        #expect(largest.utf8.count >= 8_191)
        #expect(try await issuer.verifier().verify(largest).subject == "u")
        #expect(await outcome(of: tooLarge, issuer.verifier()) == .failure(.malformed))
    }

    @Test func `every token cut off is refused`() async throws {
        let token = try issuer.tokens.valid()
        let verifier = issuer.verifier()
        for length in 0..<token.utf8.count {
            let result = await outcome(of: String(token.prefix(length)), verifier)
            #expect(throws: IdentityError.self, "\(length) bytes") { try result.get() }
        }
    }

    // MARK: The cache

    @Test func `a token seen before is not verified again, and is refused once it has expired`() async throws {
        let verifier = issuer.verifier()
        let token = try issuer.tokens.valid()
        let claims = try await verifier.verify(token)
        issuer.publish(nil)

        #expect(await outcome(of: token, verifier) == .success(claims))
        issuer.advance(by: 3_629.9)
        #expect(await outcome(of: token, verifier) == .success(claims))
        issuer.advance(by: 0.1)
        #expect(await outcome(of: token, verifier) == .failure(.expired))
    }

    @Test func `a token whose key was withdrawn is refused, though it was seen before`() async throws {
        let verifier = issuer.verifier()
        let token = try issuer.tokens.valid()
        _ = try await verifier.verify(token)

        issuer.publish(issuer.otherKeys.jwks)
        try await verifier.loadKeys()

        #expect(await outcome(of: token, verifier) == .failure(.unknownKey))
    }
}
