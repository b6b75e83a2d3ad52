import Curl
import Foundation
import S3
import Synchronization
import TestSupport
import Testing

/// Objects that are uploaded in parts.
@Suite(.timeLimit(.minutes(5))) struct MultipartTests {
    private static let isPossible = ConditionTrait.enabled(if: !Store.available.isEmpty, "\(S3Server.missing)")

    /// 20 MiB, each told apart from the others.
    private static let large = (UInt8(0)..<20).flatMap { [UInt8](repeating: $0, count: 1 << 20) }

    @Test(isPossible, arguments: Store.available)
    func `a large object arrives whole, and replaces another`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key("Vertrag ü + 100%.pdf")
        try await client.putObject(NewObject(Array("old".utf8), at: key))
        let object = NewObject(Self.large, at: key)
        try await client.putObject(object)
        #expect(try await client.getObject(key: key, maximumBytes: 32 << 20) == Self.large)
        let head = try #require(try await client.headObject(key: key))
        #expect(head.size == Self.large.count)
        #expect(head.contentType == "application/pdf")
        #expect(head.metadata["sha256"] == object.sha256)
        try await client.deleteObject(key: key)
    }

    /// A store that knows multipart uploads, as far as their answers go.
    private static func answer(_ request: ScriptedStore.Request) -> ScriptedStore.Answer {
        if request.line.hasPrefix("POST"), request.line.hasSuffix("?uploads=") {
            let id = "<UploadId>u/1</UploadId>"
            return .status(200, "<InitiateMultipartUploadResult>\(id)</InitiateMultipartUploadResult>")
        }
        return .status(200, headers: "ETag: \"e\"\r\n")
    }

    @Test func `parts are 8 MiB, each signed by its own content, and put together in order`() async throws {
        let store = try ScriptedStore { request, _ in Self.answer(request) }
        try await store.client().putObject(NewObject(Self.large, at: "k"))
        let requests = store.requests
        #expect(requests.first?.line == "POST /b/k?uploads=")
        #expect(requests.last?.line == "POST /b/k?uploadId=u%2F1")
        let parts = requests.dropFirst().dropLast().sorted { $0.line < $1.line }
        #expect(parts.map(\.line) == (1...3).map { "PUT /b/k?partNumber=\($0)&uploadId=u%2F1" })
        #expect(parts.flatMap(\.body) == Self.large)
        #expect(parts.map(\.body.count) == [8 << 20, 8 << 20, 4 << 20])
        let areSigned = requests.allSatisfy { $0.isBodySigned }
        #expect(areSigned)
        let list = (1...3).map { "<Part><PartNumber>\($0)</PartNumber><ETag>\"e\"</ETag></Part>" }.joined()
        #expect(requests.last.map { String(decoding: $0.body, as: UTF8.self) }?.contains(list) == true)
    }

    @Test func `at most four parts are under way at a time`() async throws {
        let counter = Counter()
        let store = try ScriptedStore { request, _ in
            guard request.line.contains("partNumber") else { return Self.answer(request) }
            counter.enter()
            usleep(50_000)
            while counter.most < 2 { usleep(1_000) }
            counter.leave()
            return Self.answer(request)
        }
        let bytes = [UInt8](repeating: 1, count: 60 << 20)
        try await store.client().putObject(NewObject(bytes, at: "k"))
        #expect((2...4).contains(counter.most))
    }

    @Test(arguments: [404, 405, 501]) func `a store without parts gets one piece, and is not asked again`(
        _ status: Int
    ) async throws {
        let store = try ScriptedStore { request, _ in
            request.line.hasPrefix("POST") ? .status(status) : .status(200)
        }
        let client = try store.client(multipartThreshold: 1_000)
        let bytes = [UInt8](repeating: 1, count: 2_000)
        for key in ["k", "l"] { try await client.putObject(NewObject(bytes, at: key)) }
        #expect(store.lines == ["POST /b/k?uploads=", "PUT /b/k", "PUT /b/l"])
        #expect(store.requests.last?.body == bytes)
    }

    @Test func `an object of the threshold's size is sent in one piece`() async throws {
        let store = try ScriptedStore { request, _ in Self.answer(request) }
        let client = try store.client(multipartThreshold: 1_000)
        try await client.putObject(NewObject([UInt8](repeating: 1, count: 1_000), at: "k"))
        #expect(store.lines == ["PUT /b/k"])
    }

    @Test func `parts that fail are given up`() async throws {
        let store = try ScriptedStore { request, _ in
            request.line.contains("partNumber=2") ? .status(403) : Self.answer(request)
        }
        await #expect(throws: S3Error.self) { try await store.client().putObject(NewObject(Self.large, at: "k")) }
        // Parts that were sent before it may come later.
        #expect(store.lines.contains("DELETE /b/k?uploadId=u%2F1"))
        #expect(!store.lines.contains("POST /b/k?uploadId=u%2F1"))
    }

    @Test func `a cancelled upload gives its parts up`() async throws {
        let (events, arrived) = AsyncStream.makeStream(of: Void.self)
        let store = try ScriptedStore { request, _ in
            guard request.line.contains("partNumber") else { return Self.answer(request) }
            arrived.yield()
            return .silence
        }
        let client = try store.client()
        let upload = Task { try await client.putObject(NewObject(Self.large, at: "k")) }
        for await _ in events { break }
        upload.cancel()
        await #expect {
            try await upload.value
        } throws: { error in
            if case S3Error.cancelled = error { true } else { false }
        }
        #expect(store.lines.contains("DELETE /b/k?uploadId=u%2F1"))
        #expect(!store.lines.contains("POST /b/k?uploadId=u%2F1"))
    }

    @Test func `an error in a successful answer is one, and is repeated`() async throws {
        let store = try ScriptedStore { request, number in
            guard request.line == "POST /b/k?uploadId=u%2F1" else { return Self.answer(request) }
            return number < 5
                ? .status(200, "<?xml version=\"1.0\"?>\n<Error><Code>InternalError</Code></Error>") : .status(200)
        }
        try await store.client().putObject(NewObject(Self.large, at: "k"))
        #expect(store.lines.count { $0 == "POST /b/k?uploadId=u%2F1" } == 2)
    }

    @Test(arguments: [true, false]) func `when the last answer is lost, the object itself tells`(
        _ isThere: Bool
    ) async throws {
        let object = NewObject(Self.large, at: "k")
        let store = try ScriptedStore { request, _ in
            if request.line == "POST /b/k?uploadId=u%2F1" {
                return .status(404, "<Error><Code>NoSuchUpload</Code></Error>")
            }
            guard request.line.hasPrefix("HEAD") else { return Self.answer(request) }
            return isThere
                ? .status(
                    200, headers: "x-amz-meta-sha256: \(object.sha256)\r\n",
                    String(repeating: " ", count: object.length))
                : .status(404)
        }
        let client = try store.client()
        if isThere {
            try await client.putObject(object)
        } else {
            await #expect(throws: S3Error.self) { try await client.putObject(object) }
        }
    }
}

/// How many are in at a time.
private final class Counter: Sendable {
    private let state = Mutex((now: 0, most: 0))

    var most: Int { state.withLock { $0.most } }

    func enter() {
        state.withLock { state in
            state.now += 1
            state.most = max(state.most, state.now)
        }
    }

    func leave() { state.withLock { $0.now -= 1 } }
}
