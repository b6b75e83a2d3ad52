import FoundationEssentials
import Logging
import Synchronization
import TestSupport

@testable import Identity

/// Stands for the identity provider: signing keys, a clock, and a key set that is fetched and counted.
final class Issuer: Sendable {
    struct IsDown: Error {}

    /// Made once for all tests, since making a key takes a while.
    private static let sharedKeys = Result { () throws(IdentityError) in try DevelopmentKeys() }
    private static let otherSharedKeys = Result { () throws(IdentityError) in try DevelopmentKeys() }

    let keys: DevelopmentKeys
    let otherKeys: DevelopmentKeys
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
    private let keyServer: Mutex<(document: String?, fetches: Int)>

    init() throws {
        keys = try Self.sharedKeys.get()
        otherKeys = try Self.otherSharedKeys.get()
        keyServer = Mutex((keys.jwks, 0))
    }

    var now: Date {
        time.withLock { $0 }
    }

    func advance(by seconds: TimeInterval) {
        time.withLock { $0 += seconds }
    }

    /// How often the key set was fetched.
    var fetches: Int {
        keyServer.withLock { $0.fetches }
    }

    /// Publishes another key set, or none: fetching it fails.
    func publish(_ document: String?) {
        keyServer.withLock { $0.document = document }
    }

    var source: JWKSSource {
        .url("https://id.example/jwks") { _ in
            try self.keyServer.withLock { server throws(IsDown) in
                server.fetches += 1
                guard let document = server.document else {
                    throw IsDown()
                }
                return Array(document.utf8)
            }
        }
    }

    func verifier(
        keys: JWKSSource? = nil,
        issuers: [String] = [],
        audiences: [String] = []
    ) -> AccessTokenVerifier {
        AccessTokenVerifier(
            keys: keys ?? source,
            issuers: issuers,
            audiences: audiences,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            now: { self.now }
        )
    }

    /// Tokens for `user_1` of `org_1`.
    var tokens: TestTokens {
        TestTokens(keys: keys, subject: "user_1", organization: "org_1", now: now)
    }

    /// A token whose claims are these and the ones that can't be done without, unless they are among these.
    func token(_ claims: String) throws -> String {
        let seconds = Int(now.timeIntervalSince1970)
        return try keys.token(payload: claims.replacing("NOW", with: "\(seconds)"))
    }
}

/// The outcome of a verification as a value, to be compared whole.
func outcome(
    of token: String,
    _ verifier: AccessTokenVerifier
) async -> Result<AccessTokenClaims, IdentityError> {
    do throws(IdentityError) {
        return .success(try await verifier.verify(token))
    } catch {
        return .failure(error)
    }
}
