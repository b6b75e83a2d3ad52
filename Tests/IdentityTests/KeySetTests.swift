import Crypto
import FoundationEssentials
import TestSupport
import Testing

@testable import Identity

@Suite struct KeySetTests {
    private let issuer: Issuer

    init() throws {
        issuer = try Issuer()
    }

    /// The key's own entry, changed in places.
    private func entry(_ keys: DevelopmentKeys, _ changes: [(String, String)] = []) -> String {
        var entry = String(keys.jwks.dropFirst(#"{"keys":["#.count).dropLast("]}\n".count))
        for (old, new) in changes {
            entry = entry.replacing(old, with: new)
        }
        return entry
    }

    private func outcomeWith(_ entries: [String], header: String) async throws -> Result<String, IdentityError> {
        issuer.publish(#"{"keys":[\#(entries.joined(separator: ","))]}"#)
        let token = try issuer.keys.token(payload: issuer.tokens.payload, header: header)
        return await outcome(of: token, issuer.verifier()).map(\.subject)
    }

    /// RFC 7515 appendix A.2 and A.3. Their claims are not ours, so being told of a missing one means that the
    /// signature was good.
    @Test(arguments: [
        (
            """
            {"kty":"RSA","e":"AQAB","n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrc\
            S2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5r\
            exMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8\
            NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ"}
            """,
            """
            eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ij\
            p0cnVlfQ.cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbd\
            s9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN93\
            83LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywl\
            VmtVrBp0igcN_IoypGlUPQGe77Rw
            """
        ),
        (
            """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}
            """,
            """
            eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ij\
            p0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q
            """
        ),
    ])
    func `the standard's own examples`(key: String, token: String) async {
        issuer.publish(#"{"keys":[\#(key)]}"#)
        issuer.advance(by: 1_300_819_000 - 1_800_000_000)

        #expect(await outcome(of: token, issuer.verifier()) == .failure(.missingClaim("sub")))
    }

    @Test func `entries for other uses, of other kinds or unusable are left out`() async throws {
        let key = issuer.keys
        let header = #"{"alg":"RS256","kid":"\#(key.keyID)"}"#
        let unsuitable = [
            #"{"kty":"oct","k":"c2VjcmV0","kid":"a","alg":"HS256"}"#,
            #"{"kty":"OKP","crv":"Ed25519","kid":"b","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
            #"{"kty":"EC","crv":"P-384","kid":"c","x":"AA","y":"AA"}"#,
            #"{"kty":"EC","crv":"P-256","kid":"d","x":"AA","y":"AA"}"#,
            #"{"kty":"RSA","kid":"e","n":"AQAB","e":"AQAB"}"#,
            #"{"kty":"RSA","kid":"f"}"#,
            #"{"kid":"g"}"#,
            #"{"kty":7}"#,
            "5",
            "null",
            entry(key, [("sig", "enc")]),
            entry(key, [("RS256", "PS256")]),
            entry(key, [("RS256", "RSA-OAEP-256")]),
            entry(key, [(#""use":"sig""#, #""key_ops":["sign"]"#)]),
        ]

        #expect(try await outcomeWith(unsuitable + [entry(key)], header: header) == .success("user_1"))
        #expect(
            try await outcomeWith(unsuitable, header: header)
                == .failure(.keysUnavailable("The key set has no key for RS256 or ES256 signatures."))
        )
    }

    @Test(arguments: [
        [], [(#","use":"sig""#, "")], [(#""alg":"RS256","#, "")], [(#""use":"sig""#, #""key_ops":["verify"]"#)],
        [(#""use":"sig""#, #""use":"sig","x5t":"abc","x5c":["abc"],"other":{"deep":[1]}"#)],
    ])
    func `keys as issuers publish them are taken`(changes: [(String, String)]) async throws {
        let header = #"{"alg":"RS256","kid":"\#(issuer.keys.keyID)"}"#
        #expect(try await outcomeWith([entry(issuer.keys, changes)], header: header) == .success("user_1"))
    }

    @Test func `a token without kid needs a set with exactly one key of its algorithm`() async throws {
        let (ours, other) = (entry(issuer.keys), entry(issuer.otherKeys))
        let unnamed = entry(issuer.keys, [(#""kid":"\#(issuer.keys.keyID)","#, "")])
        let point = P256.Signing.PrivateKey().publicKey.rawRepresentation
        let elliptic = """
            {"kty":"EC","crv":"P-256","kid":"ec","x":"\(Base64URL.encode(point.prefix(32)))",\
            "y":"\(Base64URL.encode(point.suffix(32)))"}
            """
        let header = #"{"alg":"RS256"}"#

        #expect(try await outcomeWith([ours], header: header) == .success("user_1"))
        #expect(try await outcomeWith([unnamed], header: header) == .success("user_1"))
        #expect(try await outcomeWith([ours, elliptic], header: header) == .success("user_1"))
        #expect(try await outcomeWith([ours, other], header: header) == .failure(.unknownKey))
        #expect(try await outcomeWith([unnamed, unnamed], header: header) == .failure(.unknownKey))
        #expect(try await outcomeWith([elliptic], header: header) == .failure(.unknownKey))
        #expect(try await outcomeWith([other], header: header) == .failure(.badSignature))
        #expect(try await outcomeWith([unnamed], header: #"{"alg":"RS256","kid":"x"}"#) == .failure(.unknownKey))
    }

    @Test func `of two keys with one kid the first counts`() async throws {
        let twin = entry(issuer.otherKeys, [(issuer.otherKeys.keyID, issuer.keys.keyID)])
        let header = #"{"alg":"RS256","kid":"\#(issuer.keys.keyID)"}"#

        #expect(try await outcomeWith([entry(issuer.keys), twin], header: header) == .success("user_1"))
        #expect(try await outcomeWith([twin, entry(issuer.keys)], header: header) == .failure(.badSignature))
    }

    @Test(arguments: ["", "<html>", "{}", "[]", #"{"keys":{}}"#, #"{"keys":"none"}"#, #"{"keys":[}"#])
    func `an answer that is no key set is refused`(document: String) async {
        issuer.publish(document)
        let error = IdentityError.keysUnavailable("The answer is not a JSON Web Key Set.")
        await #expect(throws: error) { try await issuer.verifier().loadKeys() }
    }

    @Test func `a key set of 262,144 bytes is read and one of 262,145 is not`() async throws {
        let padding = JWKSSource.maximumBytes - issuer.keys.jwks.utf8.count
        issuer.publish(issuer.keys.jwks + String(repeating: " ", count: padding))
        try await issuer.verifier().loadKeys()

        issuer.publish(issuer.keys.jwks + String(repeating: " ", count: padding + 1))
        let error = IdentityError.keysUnavailable(
            "The key set at https://id.example/jwks is larger than 262144 bytes."
        )
        await #expect(throws: error) { try await issuer.verifier().loadKeys() }
    }
}
