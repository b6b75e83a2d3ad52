import Curl
import TestSupport
import Testing

@testable import AccordServer

/// How many requests a minute users and tenants may make.
@Suite(.timeLimit(.minutes(2)))
struct RateLimitTests {
    private static let query = "{ connections { name } }"

    @Test(.server(storage: .directory, settings: ["ACCORD_USER_REQUESTS_PER_MINUTE": "3"]))
    func `a user may make as many requests as configured, and another is not affected`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        for _ in 1...3 { #expect(try await server.client.graphQL(Self.query, token: token).status == 200) }
        let refused = try await server.client.send(
            .post, "/graphql",
            headers: [
                (name: "Authorization", value: "Bearer \(token)"), (name: "Content-Type", value: "application/json"),
            ],
            body: Array(#"{"query":"{ __typename }"}"#.utf8))
        #expect(refused.status == 429)
        let seconds = try #require(refused.header("Retry-After").flatMap { Int($0) })
        #expect((1...20).contains(seconds))
        let answer = GraphQLAnswer(status: refused.status, body: refused.body)
        #expect(answer.codes == ["RATE_LIMITED"])
        #expect(answer.errors.map(\.message) == ["Too many requests. Try again later."])
        for token in [try server.token("viewer"), try server.token(of: server.tenants.second)] {
            #expect(try await server.client.graphQL(Self.query, token: token).status == 200)
        }
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_TENANT_REQUESTS_PER_MINUTE": "3"]))
    func `a tenant's users share a limit, and another tenant is not affected`() async throws {
        let server = try TestServer.current
        for role in ["member", "viewer", "member"] {
            #expect(try await server.client.graphQL(Self.query, token: server.token(role)).status == 200)
        }
        #expect(try await server.client.graphQL(Self.query, token: server.token("viewer")).codes == ["RATE_LIMITED"])
        let other = try server.token(of: server.tenants.second)
        #expect(try await server.client.graphQL(Self.query, token: other).status == 200)
    }

    @Test(
        .server(
            storage: .directory, settings: ["ACCORD_USER_REQUESTS_PER_MINUTE": "3", "ACCORD_MAX_BATCH": "9"]))
    func `each operation of a batch is a request`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        for (count, status) in [(2, 200), (2, 429), (1, 200)] {
            let answer = try await batch(count, token, server)
            // The second batch's first operation is counted before its others are known.
            #expect(answer.status == (count == 1 ? 429 : status))
        }
    }

    /// However long its client waited, it would be told to wait again.
    @Test(
        .server(storage: .directory),
        arguments: ["ACCORD_USER_REQUESTS_PER_MINUTE", "ACCORD_TENANT_REQUESTS_PER_MINUTE"])
    func `a batch of more operations than are allowed a minute is refused for good`(_ setting: String) async throws {
        for (count, status) in [(2, 200), (3, 200), (4, 400)] {
            try await TestServer.current.withAnother(settings: [setting: "3", "ACCORD_MAX_BATCH": "9"]) {
                server async throws in
                let answer = try await batch(count, server.token(), server)
                #expect(answer.status == status)
                guard status == 400 else { return }
                let refusal = GraphQLAnswer(status: answer.status, body: answer.body)
                #expect(refusal.codes == ["BAD_USER_INPUT"])
                #expect(
                    refusal.errors.map(\.message)
                        == ["A batch may have at most 3 operations: no more requests are allowed a minute."])
            }
        }
    }

    private func batch(_ count: Int, _ token: String, _ server: TestServer) async throws -> CurlResponse {
        let operations = Array(repeating: #"{"query":"{ __typename }"}"#, count: count).joined(separator: ",")
        return try await server.client.send(
            .post, "/graphql",
            headers: [
                (name: "Authorization", value: "Bearer \(token)"), (name: "Content-Type", value: "application/json"),
            ],
            body: Array("[\(operations)]".utf8))
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_USER_REQUESTS_PER_MINUTE": "2"]))
    func `a request that is refused asks no database`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        for _ in 1...2 { #expect(try await server.client.graphQL(Self.query, token: token).status == 200) }
        try await server.tenants.central.drop()
        #expect(try await server.client.graphQL(Self.query, token: token).status == 429)
    }

    @Test(arguments: [1, 60, 6_000])
    func `a bucket holds a minute's worth and fills up evenly`(_ perMinute: Int) {
        let limiter = RateLimiter<String>(perMinute: perMinute)
        let interval = Duration.seconds(60) / perMinute
        let start = ContinuousClock.now
        for _ in 1...perMinute { #expect(limiter.take(1, for: "a", at: start) == nil) }
        #expect(limiter.take(1, for: "a", at: start) == interval)
        #expect(limiter.take(1, for: "b", at: start) == nil)
        #expect(limiter.take(1, for: "a", at: start + interval - .nanoseconds(1)) == .nanoseconds(1))
        #expect(limiter.take(1, for: "a", at: start + interval) == nil)
        #expect(limiter.take(1, for: "a", at: start + interval) == interval)
        // Nobody saves up more than a minute's worth.
        let later = start + .seconds(3_600)
        #expect(limiter.take(perMinute, for: "a", at: later) == nil)
        #expect(limiter.take(1, for: "a", at: later) == interval)
    }

    @Test func `callers are forgotten when they have not asked for long`() {
        let limiter = RateLimiter<Int>(perMinute: 60)
        let start = ContinuousClock.now
        for caller in 0..<100_000 { _ = limiter.take(1, for: caller, at: start + .milliseconds(caller * 10)) }
        #expect(limiter.callers <= 1_024)
    }
}
