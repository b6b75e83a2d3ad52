import FoundationEssentials
import Synchronization
import TestSupport
import Testing

@testable import Identity

@Suite struct KeyRefetchTests {
    private let issuer: Issuer

    init() throws {
        issuer = try Issuer()
    }

    private func tokenOfOtherKey() throws -> String {
        try issuer.otherKeys.token(payload: issuer.tokens.payload)
    }

    @Test func `keys are fetched once, for however many tokens`() async throws {
        let verifier = issuer.verifier()
        for user in 0..<10 {
            _ = try await verifier.verify(
                issuer.keys.token(subject: "user_\(user)", organization: "org_1", now: issuer.now)
            )
        }
        #expect(issuer.fetches == 1)
    }

    @Test func `an unknown key is fetched for, at most once in thirty seconds`() async throws {
        let verifier = issuer.verifier()
        try await verifier.loadKeys()
        let newToken = try tokenOfOtherKey()

        issuer.advance(by: 29.9)
        #expect(await outcome(of: newToken, verifier) == .failure(.unknownKey))
        #expect(issuer.fetches == 1)

        issuer.advance(by: 0.1)
        #expect(await outcome(of: newToken, verifier) == .failure(.unknownKey))
        #expect(await outcome(of: newToken, verifier) == .failure(.unknownKey))
        #expect(issuer.fetches == 2)

        issuer.publish(issuer.otherKeys.jwks)
        issuer.advance(by: 30)
        #expect(try await verifier.verify(newToken).subject == "user_1")
        #expect(issuer.fetches == 3)
    }

    @Test func `a clock that is set back does not put the next fetch off`() async throws {
        let verifier = issuer.verifier()
        try await verifier.loadKeys()
        issuer.publish(issuer.otherKeys.jwks)

        issuer.advance(by: -86_400)

        #expect(await outcome(of: try tokenOfOtherKey(), verifier).map(\.subject) == .success("user_1"))
    }

    @Test func `neither a bad signature nor a refused algorithm nor a missing kid causes a fetch`() async throws {
        let verifier = issuer.verifier()
        try await verifier.loadKeys()
        issuer.advance(by: 3_600)
        let tokens = issuer.tokens

        for token in [
            try tokens.signedWithForeignKey(), tokens.unsigned(), tokens.signedWithPublicKeyAsSecret(), "a.b.c",
            try issuer.otherKeys.token(payload: tokens.payload, header: #"{"alg":"RS256"}"#),
        ] {
            let result = await outcome(of: token, verifier)
            #expect(throws: IdentityError.self) { try result.get() }
        }

        #expect(issuer.fetches == 1)
    }

    @Test func `a fetch that fails leaves the known keys in use and says that the new one can't be judged`()
        async throws
    {
        let verifier = issuer.verifier()
        try await verifier.loadKeys()
        issuer.publish(nil)
        issuer.advance(by: 30)
        let failure = IdentityError.keysUnavailable("The key set at https://id.example/jwks can't be read: IsDown()")

        #expect(await outcome(of: try tokenOfOtherKey(), verifier) == .failure(failure))
        #expect(await outcome(of: try tokenOfOtherKey(), verifier) == .failure(failure))
        #expect(issuer.fetches == 2)
        #expect(await outcome(of: try issuer.tokens.valid(), verifier).map(\.subject) == .success("user_1"))

        issuer.publish(issuer.otherKeys.jwks)
        issuer.advance(by: 30)
        #expect(await outcome(of: try tokenOfOtherKey(), verifier).map(\.subject) == .success("user_1"))
    }

    @Test func `while there are no keys at all, fetching is bounded too`() async throws {
        issuer.publish(nil)
        let verifier = issuer.verifier()

        for _ in 0..<5 {
            let result = await outcome(of: try issuer.tokens.valid(), verifier)
            #expect(
                result
                    == .failure(.keysUnavailable("The key set at https://id.example/jwks can't be read: IsDown()"))
            )
        }
        #expect(issuer.fetches == 1)

        issuer.publish(issuer.keys.jwks)
        issuer.advance(by: 30)
        #expect(await outcome(of: try issuer.tokens.valid(), verifier).map(\.subject) == .success("user_1"))
    }

    @Test func `the same document again keeps the tokens seen`() async throws {
        let ring = KeyRing(source: issuer.source, minimumInterval: .zero, tokenCapacity: 8, now: { Date() })

        let first = try await ring.read()
        let second = try await ring.read()
        issuer.publish(issuer.otherKeys.jwks)
        let third = try await ring.read()

        #expect(first === second)
        #expect(second !== third)
        #expect(ring.current === third)
    }

    @Test func `a key set in a file is read again under the same rule`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "jwks-\(UUID()).json")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(issuer.keys.jwks.utf8).write(to: file)
        let verifier = issuer.verifier(keys: .file(path: file.path))
        try await verifier.loadKeys()
        #expect(try await verifier.verify(issuer.tokens.valid()).subject == "user_1")

        try Data(issuer.otherKeys.jwks.utf8).write(to: file)
        #expect(await outcome(of: try tokenOfOtherKey(), verifier) == .failure(.unknownKey))
        issuer.advance(by: 30)
        #expect(await outcome(of: try tokenOfOtherKey(), verifier).map(\.subject) == .success("user_1"))
    }

    @Test func `a key file that is not there is named`() async {
        let verifier = issuer.verifier(keys: .file(path: "/nowhere/jwks.json"))

        let error = await #expect(throws: IdentityError.self) { try await verifier.loadKeys() }

        guard case .keysUnavailable(let message) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(message.hasPrefix("The key set at /nowhere/jwks.json can't be read: "))
    }

    // MARK: At the same time

    /// Lets the fetch go on only when the test says so.
    private final class Gate: Sendable {
        private let stream: AsyncStream<Never>
        private let end: @Sendable () -> Void
        let fetches = Mutex(0)
        let wasCancelled = Mutex(false)

        init() {
            let (stream, continuation) = AsyncStream.makeStream(of: Never.self)
            self.stream = stream
            self.end = { continuation.finish() }
        }

        func open() {
            end()
        }

        func source(_ document: String) -> JWKSSource {
            .url("https://id.example/jwks") { _ in
                self.fetches.withLock { $0 += 1 }
                for await _ in self.stream {}
                self.wasCancelled.withLock { $0 = Task.isCancelled }
                return Array(document.utf8)
            }
        }
    }

    @Test(.timeLimit(.minutes(5))) func `requests that come while the keys are fetched share the fetch`() async throws {
        let gate = Gate()
        let source = gate.source(issuer.keys.jwks)
        let ring = KeyRing(source: source, minimumInterval: .zero, tokenCapacity: 8, now: { Date() })

        // An immediate task runs until it waits, here for its turn at the actor, where the barrier gets in line last.
        let readers = (0..<50).map { _ in
            Task.immediate { try await ring.read() }
        }
        await ring.barrier()
        gate.open()
        var sets: [KeySet] = []
        for reader in readers {
            sets.append(try await reader.value)
        }

        #expect(gate.fetches.withLock { $0 } == 1)
        #expect(sets.allSatisfy { $0 === sets[0] })
    }

    @Test(.timeLimit(.minutes(5))) func `the fetch goes on when the request that began it is cancelled`() async throws {
        let gate = Gate()
        let source = gate.source(issuer.keys.jwks)
        let ring = KeyRing(source: source, minimumInterval: .zero, tokenCapacity: 8, now: { Date() })

        let first = Task.immediate { try await ring.read() }
        let second = Task.immediate { try await ring.read() }
        await ring.barrier()
        first.cancel()
        gate.open()

        #expect(try await second.value.count == 1)
        #expect(gate.wasCancelled.withLock { $0 } == false)
    }

    @Test(.timeLimit(.minutes(5))) func `tokens with known keys don't wait for a fetch`() async throws {
        let gate = Gate()
        let documents = Mutex([issuer.keys.jwks])
        let slow = gate.source(issuer.otherKeys.jwks)
        let source = JWKSSource.url("https://id.example/jwks") { _ in
            if let document = documents.withLock({ $0.popLast() }) {
                return Array(document.utf8)
            }
            return try await slow.read()
        }
        let verifier = issuer.verifier(keys: source)
        try await verifier.loadKeys()
        issuer.advance(by: 30)
        let newToken = try tokenOfOtherKey()

        let waiting = Task { await outcome(of: newToken, verifier) }
        while gate.fetches.withLock({ $0 }) == 0 {
            await Task.yield()
        }
        #expect(try await verifier.verify(issuer.tokens.valid()).subject == "user_1")
        gate.open()

        #expect(await waiting.value.map(\.subject) == .success("user_1"))
    }

    @Test(.timeLimit(.minutes(5))) func `the loop reads the keys now and then until it is cancelled`() async throws {
        let verifier = issuer.verifier()
        let loop = Task { await verifier.run(every: .milliseconds(1)) }
        while issuer.fetches < 3 {
            await Task.yield()
        }
        loop.cancel()
        await loop.value
    }
}

extension KeyRing {
    /// Returns when what came before it has had its turn.
    fileprivate func barrier() {}
}
