import FoundationEssentials
import Testing

@testable import Identity

/// The claims of tokens that are signed well. `NOW` stands for the time of the test.
@Suite struct ClaimsTests {
    private let issuer: Issuer

    init() throws {
        issuer = try Issuer()
    }

    @Test(arguments: [
        (#"{"sub":"u","org_id":"o"}"#, IdentityError.missingClaim("exp")),
        (#"{"sub":"u","org_id":"o","exp":null}"#, .missingClaim("exp")),
        (#"{"org_id":"o","exp":NOW}"#, .missingClaim("sub")),
        (#"{"sub":"","org_id":"o","exp":NOW}"#, .missingClaim("sub")),
        (#"{"sub":null,"org_id":"o","exp":NOW}"#, .missingClaim("sub")),
        (#"{"sub":"u","exp":NOW}"#, .missingClaim("org_id")),
        (#"{"sub":"u","org_id":"","exp":NOW}"#, .missingClaim("org_id")),
        (#"{"sub":5,"org_id":"o","exp":NOW}"#, .malformed),
        (#"{"sub":"u","org_id":["o"],"exp":NOW}"#, .malformed),
        (#"{"sub":"u","org_id":"o","exp":"NOW"}"#, .malformed),
        (#"{"sub":"u","org_id":"o","exp":1e999}"#, .malformed),
        (#"{"sub":"u","org_id":"o","exp":NOW,"permissions":"all"}"#, .malformed),
        (#"{"sub":"u","org_id":"o","exp":NOW,"role":5}"#, .malformed),
        (#"{"sub":"u","org_id":"o","exp":-1}"#, .expired),
        ("[]", .malformed),
        ("", .malformed),
        (#"{"sub":"u""#, .malformed),
    ])
    func `claims that are absent or of the wrong kind`(claims: String, error: IdentityError) async throws {
        #expect(await outcome(of: try issuer.token(claims), issuer.verifier()) == .failure(error))
    }

    /// With a leeway of 30 seconds: expired at `exp` + 30 and after, good from `nbf` - 30 and `iat` - 30 on.
    @Test(arguments: [
        (#""exp":NOW"#, 29.999, nil),
        (#""exp":NOW"#, 30, IdentityError.expired),
        (#""exp":NOW"#, 31, .expired),
        (#""exp":NOW.25"#, 30.2, nil),
        (#""exp":NOW.25"#, 30.3, .expired),
        (#""exp":1e300"#, 1e9, nil),
        (#""exp":9e9,"nbf":NOW"#, -30, nil),
        (#""exp":9e9,"nbf":NOW"#, -30.001, .notYetValid),
        (#""exp":9e9,"iat":NOW"#, -30, nil),
        (#""exp":9e9,"iat":NOW"#, -30.001, .notYetValid),
        (#""exp":9e9,"nbf":0,"iat":NOW"#, -3_600, .notYetValid),
        (#""exp":9e9,"nbf":0,"iat":-5"#, 0, nil),
    ])
    func `times, with leeway`(times: String, secondsLater: TimeInterval, error: IdentityError?) async throws {
        let token = try issuer.token(#"{"sub":"u","org_id":"o",\#(times)}"#)
        issuer.advance(by: secondsLater)

        let result = await outcome(of: token, issuer.verifier())

        #expect(result.map(\.subject) == (error.map { .failure($0) } ?? .success("u")))
    }

    @Test(arguments: [
        ([], "", nil),
        ([], #","iss":"https://anyone.example""#, nil),
        (["https://a.example"], #","iss":"https://a.example""#, nil),
        (["https://a.example", "https://b.example"], #","iss":"https://b.example""#, nil),
        (["https://a.example"], #","iss":"https://b.example""#, IdentityError.wrongIssuer),
        (["https://a.example"], #","iss":"https://a.example/""#, .wrongIssuer),
        (["https://a.example"], #","iss":"HTTPS://a.example""#, .wrongIssuer),
        (["https://a.example"], "", .missingClaim("iss")),
        (["https://a.example"], #","iss":"""#, .missingClaim("iss")),
        (["https://a.example"], #","iss":["https://a.example"]"#, .malformed),
    ])
    func `the issuer, when configured`(issuers: [String], claim: String, error: IdentityError?) async throws {
        let token = try issuer.token(#"{"sub":"u","org_id":"o","exp":NOW\#(claim)}"#)

        let result = await outcome(of: token, issuer.verifier(issuers: issuers))

        #expect(result.map(\.subject) == (error.map { .failure($0) } ?? .success("u")))
    }

    @Test(arguments: [
        ([], "", nil),
        ([], #","aud":"anything""#, nil),
        (["accord"], #","aud":"accord""#, nil),
        (["accord"], #","aud":["other","accord"]"#, nil),
        (["accord", "accord-staging"], #","aud":"accord-staging""#, nil),
        (["accord"], #","aud":"other""#, IdentityError.wrongAudience),
        (["accord"], #","aud":["other","accord2"]"#, .wrongAudience),
        (["accord"], #","aud":[]"#, .wrongAudience),
        (["accord"], "", .missingClaim("aud")),
        (["accord"], #","aud":null"#, .missingClaim("aud")),
        (["accord"], #","aud":5"#, .malformed),
        (["accord"], #","aud":["accord",5]"#, .malformed),
    ])
    func `the audience, when configured`(audiences: [String], claim: String, error: IdentityError?) async throws {
        let token = try issuer.token(#"{"sub":"u","org_id":"o","exp":NOW\#(claim)}"#)

        let result = await outcome(of: token, issuer.verifier(audiences: audiences))

        #expect(result.map(\.subject) == (error.map { .failure($0) } ?? .success("u")))
    }
}
