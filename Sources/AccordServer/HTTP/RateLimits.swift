import AccordAPI
import AccordCore
import GraphQLHTTP
import HTTPTypes
import Identity

/// How many requests a minute each user and each tenant may make, told by their verified tokens: before any database is
/// asked.
struct RateLimits: Sendable {
    private let users: RateLimiter<User>?
    private let tenants: RateLimiter<String>?
    /// The lower of both; nil is no limit.
    private let perMinute: Int?
    private let refused: CounterSet<Limit>

    /// Whose limit was reached.
    enum Limit: String, CaseIterable {
        case user, tenant
    }

    private struct User: Hashable {
        let organization: String
        let subject: String
    }

    /// Makes the limits; nil is none. What is refused is counted in `refused`.
    init(perUser: Int?, perTenant: Int?, refused: CounterSet<Limit>) {
        self.refused = refused
        perMinute = [perUser, perTenant].compactMap(\.self).min()
        users = perUser.map { RateLimiter(perMinute: $0) }
        tenants = perTenant.map { RateLimiter(perMinute: $0) }
    }

    /// Counts the further operations of a batch, and says why they are refused, if they are: for good, if they are more than
    /// anybody may ever send at once.
    func refuseFurther(_ count: Int, of claims: AccessTokenClaims) -> HTTPRefusal? {
        if let perMinute, count >= perMinute {
            return HTTPRefusal(
                .badUserInput(
                    "A batch may have at most \(perMinute) operations: no more requests are allowed a minute."))
        }
        return refuse(count, of: claims)
    }

    /// Counts `count` requests, and says why they are refused, if they are. What one user sends in vain doesn't count
    /// for the tenant.
    func refuse(_ count: Int, of claims: AccessTokenClaims) -> HTTPRefusal? {
        let user = User(organization: claims.organization, subject: claims.subject)
        let wait: Duration
        if let time = users?.take(count, for: user) {
            wait = time
            refused.count(.user)
        } else if let time = tenants?.take(count, for: claims.organization) {
            wait = time
            refused.count(.tenant)
        } else {
            return nil
        }
        // Rounded up: who comes back a moment too early is refused again.
        let seconds = wait.components.seconds + (wait.components.attoseconds > 0 ? 1 : 0)
        return HTTPRefusal(
            status: .tooManyRequests, error: AccordError.rateLimited.requestError,
            headers: [.retryAfter: String(seconds)])
    }
}
