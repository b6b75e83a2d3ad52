import Crypto
import FoundationEssentials
import Testing

@testable import Identity

@Suite struct VerifiedTokensTests {
    private let now = Date(timeIntervalSince1970: 1_800_000_000)

    private func digest(_ number: Int) -> SHA256Digest {
        SHA256.hash(data: Data("\(number)".utf8))
    }

    private func claims(_ number: Int, lifetime: TimeInterval = 60) -> AccessTokenClaims {
        AccessTokenClaims(
            subject: "user_\(number)",
            organization: "org_1",
            organizationName: nil,
            role: nil,
            permissions: [],
            sessionID: nil,
            issuer: nil,
            expiresAt: now + lifetime
        )
    }

    @Test func `a token is remembered until it expires`() {
        var tokens = VerifiedTokens(capacity: 8)
        tokens.insert(claims(1), of: digest(1))

        #expect(tokens.claims(of: digest(1), at: now + 59.9) == claims(1))
        #expect(tokens.claims(of: digest(2), at: now) == nil)
        #expect(tokens.claims(of: digest(1), at: now + 60) == nil)
        #expect(tokens.count == 0)
    }

    @Test func `there are never more than the capacity, and as many as half of it are sure to stay`() {
        var tokens = VerifiedTokens(capacity: 8)
        for number in 0..<100 {
            tokens.insert(claims(number), of: digest(number))
            #expect(tokens.count <= 8)
            for earlier in max(0, number - 3)...number {
                #expect(tokens.claims(of: digest(earlier), at: now) == claims(earlier))
            }
        }
        #expect(tokens.claims(of: digest(0), at: now) == nil)
    }

    @Test func `a token in use stays, however many others come`() {
        var tokens = VerifiedTokens(capacity: 8)
        tokens.insert(claims(-1), of: digest(-1))
        for number in 0..<100 {
            tokens.insert(claims(number), of: digest(number))
            #expect(tokens.claims(of: digest(-1), at: now) == claims(-1))
        }
    }

    @Test func `inserting a token again takes no more room`() {
        var tokens = VerifiedTokens(capacity: 8)
        for _ in 0..<100 {
            tokens.insert(claims(1), of: digest(1))
        }
        #expect(tokens.count == 1)
    }

    @Test func `an expired token of the old half is dropped`() {
        var tokens = VerifiedTokens(capacity: 4)
        for number in 0..<3 {
            tokens.insert(claims(number), of: digest(number))
        }
        #expect(tokens.claims(of: digest(0), at: now + 60) == nil)
        #expect(tokens.count == 2)
    }
}
