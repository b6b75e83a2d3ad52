import Curl
import S3
import TestSupport
import Testing

/// Calls that fail for a while, seen from the store's side.
@Suite(.timeLimit(.minutes(5))) struct RetryTests {
    private static let slowDown = ScriptedStore.Answer.status(
        503, "<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>")

    @Test(
        arguments: [
            ("503 SlowDown", slowDown), ("500", .status(500)), ("502", .status(502)), ("429", .status(429)),
            ("Retry-After", .status(503, headers: "Retry-After: 1\r\n")), ("a reset", .reset),
        ] as [(String, ScriptedStore.Answer)])
    func `a file is sent again, whole and signed`(_ name: String, _ failure: ScriptedStore.Answer) async throws {
        let store = try ScriptedStore { _, number in number < 2 ? failure : .status(200) }
        let client = try store.client()
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0) }
        try await client.putObject(NewObject(bytes, at: "k"))
        // A reset of the only channel is repeated by the HTTP client, too.
        #expect(store.lines.allSatisfy { $0 == "PUT /b/k" })
        #expect(store.requests.count >= 3)
        #expect(store.requests.allSatisfy { $0.body == bytes && $0.isBodySigned })
        #expect(client.state.statistics.retries >= 2)
        #expect(!client.state.statistics.isCircuitOpen)
    }

    /// An attempt without an answer, or with a gateway's, may still be carried out when a later one has succeeded.
    @Test(arguments: [(slowDown, true), (.status(429), true), (.status(504), false), (.reset, false)])
    func `who changes something learns whether it is over`(first: ScriptedStore.Answer, isOver: Bool) async throws {
        let store = try ScriptedStore { _, number in number % 2 == 1 ? .status(200) : first }
        let client = try store.client()
        #expect(try await client.putObject(NewObject([1], at: "k")) == isOver)
        #expect(try await client.copyObject(key: "k", to: "l") == isOver)
        #expect(try await client.deleteObject(key: "k") == isOver)
        #expect(store.lines == ["PUT /b/k", "PUT /b/k", "PUT /b/l", "PUT /b/l", "DELETE /b/k", "DELETE /b/k"])
    }

    /// libcurl sends it again by itself.
    @Test func `a kept channel that gives way leaves a doubt, too`() async throws {
        let store = try ScriptedStore { _, number in number == 1 ? .reset : .status(200) }
        let client = try store.client()
        #expect(try await client.deleteObject(key: "k"))
        #expect(try await !client.deleteObject(key: "k"))
        #expect(store.lines.count == 3)
        #expect(client.state.statistics.retries == 0)
    }

    @Test(arguments: [404, 403]) func `an object in a bucket that is not there is not just missing`(
        _ status: Int
    ) async throws {
        let store = try ScriptedStore { request, _ in .status(request.line == "HEAD /b/k" ? 404 : status) }
        await #expect(throws: S3Error.self) { try await store.client().headObject(key: "k") }
    }

    @Test(arguments: [(403, "AccessDenied"), (501, "NotImplemented"), (400, "BadDigest")])
    func `a refusal for good is not repeated`(_ status: Int, _ code: String) async throws {
        let store = try ScriptedStore { _, _ in .status(status, "<Error><Code>\(code)</Code></Error>") }
        let client = try store.client()
        await #expect(throws: S3Error.self) { try await client.putObject(NewObject([1], at: "k")) }
        #expect(store.lines == ["PUT /b/k"])
    }

    @Test func `a store that asks for a long pause is not asked again`() async throws {
        let store = try ScriptedStore { _, _ in .status(503, headers: "Retry-After: 60\r\n") }
        await #expect(throws: S3Error.self) { try await store.client().deleteObject(key: "k") }
        #expect(store.requests.count == 1)
    }

    @Test func `attempts are few`() async throws {
        let store = try ScriptedStore { _, _ in Self.slowDown }
        await #expect(throws: S3Error.self) { try await store.client().deleteObject(key: "k") }
        #expect(store.requests.count == 4)
    }

    @Test func `a dead store is not asked for a moment, and a probe finds that it lives again`() async throws {
        let state = StoreState(breaker: CircuitBreaker(threshold: 5, pause: .seconds(4)))
        let live = try ScriptedStore { _, _ in .status(200) }
        let dead = S3Client(
            configuration: try S3Configuration(
                endpoint: "http://127.0.0.1:1", bucket: "b", region: "us-east-1",
                credentials: AWSCredentials(accessKeyID: "id", secretAccessKey: "secret")),
            http: CurlClient(), state: state)
        for _ in 1...2 {
            await #expect(throws: S3Error.self) { try await dead.deleteObject(key: "k") }
        }
        #expect(state.statistics.isCircuitOpen)
        let refusedBefore = state.statistics.refusedCalls
        await #expect {
            try await dead.deleteObject(key: "k")
        } throws: { error in
            if case S3Error.unreachable = error { true } else { false }
        }
        #expect(state.statistics.refusedCalls == refusedBefore + 1)

        try await Task.sleep(for: .milliseconds(4_100))
        // The same store, at an address where it answers.
        let client = try live.client(state: state)
        try await client.deleteObject(key: "k")
        try await client.deleteObject(key: "l")
        #expect(live.lines == ["HEAD /b", "DELETE /b/k", "DELETE /b/l"])
        #expect(!state.statistics.isCircuitOpen)
        #expect(state.statistics.openings == 1)
    }

    @Test func `refusals are answers, however many`() async throws {
        let store = try ScriptedStore { _, _ in .status(403) }
        let client = try store.client()
        for _ in 1...10 {
            await #expect(throws: S3Error.self) { try await client.deleteObject(key: "k") }
        }
        #expect(store.requests.count == 10)
        #expect(!client.state.statistics.isCircuitOpen)
    }

    @Test func `all attempts together take the total time at most`() async throws {
        let store = try ScriptedStore { _, _ in .silence }
        let client = try store.client(timeouts: CurlTimeouts(total: .seconds(10)))
        await #expect(throws: S3Error.self) { try await client.deleteObject(key: "k") }
        #expect(store.requests.count == 1)
    }

    @Test func `encryption and conditions are asked for where they are configured`() async throws {
        let store = try ScriptedStore { request, _ in
            if request.head.contains("If-None-Match: *\r\n") { return .status(412) }
            return request.line == "HEAD /b/k" ? .status(404) : .status(200)
        }
        let client = try store.client {
            $0.encryption = .kms(keyID: "key-1")
            $0.storesConditionally = true
        }
        try await client.putObject(NewObject([1], at: "k"))
        // On condition first; then the object that is in the way is looked at, and replaced.
        #expect(store.lines == ["PUT /b/k", "HEAD /b/k", "HEAD /b", "PUT /b/k"])
        for request in store.requests where request.line.hasPrefix("PUT") {
            #expect(request.head.contains("x-amz-server-side-encryption: aws:kms\r\n"))
            #expect(request.head.contains("x-amz-server-side-encryption-aws-kms-key-id: key-1\r\n"))
            #expect(request.head.contains("x-amz-meta-sha256: \(PayloadHash.of([1]))\r\n"))
        }

        let plain = try ScriptedStore { _, _ in .status(200) }
        try await plain.client().putObject(NewObject([1], at: "k"))
        #expect(plain.requests.allSatisfy { !$0.head.contains("encryption") && !$0.head.contains("If-None-Match") })
    }

    @Test func `an object of the same content is not written twice under a condition`() async throws {
        let store = try ScriptedStore { request, _ in
            request.line.hasPrefix("HEAD")
                ? .status(200, headers: "x-amz-meta-sha256: \(PayloadHash.of([1]))\r\n", "x") : .status(412)
        }
        try await store.client { $0.storesConditionally = true }.putObject(NewObject([1], at: "k"))
        #expect(store.lines == ["PUT /b/k", "HEAD /b/k"])
    }
}
