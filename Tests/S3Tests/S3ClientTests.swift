import Crypto
import Curl
import Foundation
import S3
import TestSupport
import Testing

/// The operations, on real stores that verify signatures.
@Suite(.enabled(if: !Store.available.isEmpty, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct S3ClientTests {
    private let pdf = Array("%PDF-1.7\n".utf8) + (0..<5000).map { UInt8(truncatingIfNeeded: $0) }

    @Test(arguments: Store.available)
    func `an object is put, seen, got, replaced and deleted`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key()
        #expect(try await client.headObject(key: key) == nil)
        #expect(try await client.getObject(key: key, maximumBytes: 1 << 20) == nil)

        try await client.put(pdf, at: key, metadata: ["tenant": "acme"])
        let head = try #require(try await client.headObject(key: key))
        #expect(head.size == pdf.count)
        #expect(head.contentType == "application/pdf")
        #expect(head.metadata["tenant"] == "acme")
        #expect(head.eTag?.isEmpty == false)
        #expect(try await client.getObject(key: key, maximumBytes: pdf.count) == pdf)

        try await client.put([1, 2, 3], at: key)
        #expect(try await client.getObject(key: key, maximumBytes: 3) == [1, 2, 3])

        try await client.deleteObject(key: key)
        #expect(try await client.headObject(key: key) == nil)
        try await client.deleteObject(key: key)
    }

    @Test(arguments: Store.available)
    func `an object above the caller's limit isn't fetched`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key()
        try await client.put(pdf, at: key)
        await #expect {
            try await client.getObject(key: key, maximumBytes: pdf.count - 1)
        } throws: { error in
            if case S3Error.objectTooLarge = error { true } else { false }
        }
        try await client.deleteObject(key: key)
    }

    @Test(
        arguments: Store.available,
        [
            "a b.pdf", "a+b.pdf", "100%.pdf", "%2F%20.pdf", "a=b&c=d.pdf", "what?#frag.pdf", "it's \"quoted\".pdf",
            "(1) [2] {3}.pdf", "!$*;:@,.pdf", "~tilde-_.pdf", "Müller.pdf", "Mu\u{308}ller.pdf", "契約書.pdf", "📄😀.pdf",
            "back\\slash.pdf", "<tag>|^`.pdf", "a/b/c.pdf", "...pdf", "x.pdf ",
        ])
    func `a key may hold anything`(store: Store, name: String) async throws {
        let client = try await store.client()
        let key = Store.key(name)
        try await client.put(pdf, at: key)
        #expect(try await client.getObject(key: key, maximumBytes: 1 << 20) == pdf)
        let url = client.presignedGetURL(
            key: key,
            fileName: name,
            contentType: "application/pdf",
            expiresIn: .seconds(60)
        )
        #expect(try await Store.http.perform(CurlRequest(url: url)).body == pdf)
        try await client.deleteObject(key: key)
        #expect(try await client.headObject(key: key) == nil)
    }

    @Test(arguments: Store.available, ["plain.pdf", "a b+c=%2F&(1) 契約書.pdf"])
    func `an object is copied with its metadata, and listed`(store: Store, name: String) async throws {
        let client = try await store.client()
        let prefix = "copies \(UUID().uuidString)/"
        let (key, copy) = (prefix + name, prefix + "copies/of " + name)
        #expect(try await client.copyObject(key: key, to: copy) == nil)
        try await client.put(pdf, at: key, metadata: ["sha256": "abc"])
        #expect(try await client.copyObject(key: key, to: copy) == true)
        #expect(try await client.headObject(key: copy)?.metadata["sha256"] == "abc")
        #expect(try await client.getObject(key: copy, maximumBytes: 1 << 20) == pdf)
        // In place of what is there, and of itself.
        try await client.put([1], at: key)
        #expect(try await client.copyObject(key: copy, to: key) == true)
        #expect(try await client.getObject(key: key, maximumBytes: 1 << 20) == pdf)

        let page = try await client.listObjects(prefix: prefix)
        #expect(Set(page.objects.map(\.key)) == [key, copy])
        #expect(page.objects.map(\.size) == [pdf.count, pdf.count])
        #expect(page.objects.allSatisfy { abs($0.lastModified.timeIntervalSinceNow) < 600 })
        #expect(page.nextContinuationToken == nil)
        #expect(try await client.listObjects(prefix: prefix + "nothing/").objects == [])
        for key in [key, copy] { try await client.deleteObject(key: key) }
    }

    @Test(arguments: Store.available, [0, 1, 4 << 20, (4 << 20) + 1])
    func `an object's SHA-256 is that of its bytes`(store: Store, size: Int) async throws {
        let client = try await store.client()
        let key = Store.key()
        #expect(try await client.sha256(ofObject: key) == nil)
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        try await client.put(bytes, at: key)
        #expect(try await client.sha256(ofObject: key) == PayloadHash.of(bytes))
        try await client.deleteObject(key: key)
    }

    @Test(arguments: Store.available)
    func `fifty mebibytes arrive as they were sent`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key()
        let chunk = (0..<256 << 10).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
        let count = 200
        var hash = SHA256()
        for _ in 0..<count { hash.update(data: chunk) }
        let digest = hash.finalize()
        try await client.putObject(
            key: key,
            chunks: Chunks(Array(repeating: chunk, count: count)),
            length: chunk.count * count,
            sha256: digest.hexadecimal,
            contentType: "application/pdf"
        )
        let stored = try await client.getObject(key: key, maximumBytes: chunk.count * count)
        #expect(SHA256.hash(data: stored ?? []) == digest)
        try await client.deleteObject(key: key)
    }

    @Test(arguments: Store.available)
    func `an upload whose source fails stores nothing, and keeps what was there`(store: Store) async throws {
        struct DiskFailure: Error {}
        let client = try await store.client()
        let (new, old) = (Store.key(), Store.key())
        try await client.put(pdf, at: old)
        let chunk = [UInt8](repeating: 1, count: 100_000)
        for key in [new, old] {
            let failing = Chunks(Array(repeating: chunk, count: 20)) { if $0 == 10 { throw DiskFailure() } }
            await #expect {
                try await client.putObject(
                    key: key,
                    chunks: failing,
                    length: chunk.count * 20,
                    sha256: String(repeating: "0", count: 64),
                    contentType: "application/pdf"
                )
            } throws: { error in
                if case S3Error.bodyFailed(let cause) = error { cause is DiskFailure } else { false }
            }
        }
        #expect(try await client.headObject(key: new) == nil)
        #expect(try await client.getObject(key: old, maximumBytes: 1 << 20) == pdf)
        try await client.deleteObject(key: old)
    }

    @Test(arguments: Store.available)
    func `a cancelled upload stores nothing`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key()
        let (events, started) = AsyncStream.makeStream(of: Void.self)
        let hanging = Chunks([[1], [2]]) { index in
            guard index == 1 else { return }
            started.yield()
            try await Task.sleep(for: .seconds(3600))
        }
        let upload = Task {
            try await client.putObject(
                key: key,
                chunks: hanging,
                length: 2,
                sha256: String(repeating: "0", count: 64),
                contentType: "application/pdf"
            )
        }
        for await _ in events { break }
        upload.cancel()
        await #expect {
            try await upload.value
        } throws: { error in
            if case S3Error.cancelled = error { true } else { false }
        }
        #expect(try await client.headObject(key: key) == nil)
    }

    @Test(arguments: Store.available)
    func `a wrong secret is refused, in the store's words where it may send any`(store: Store) async throws {
        let client = try await store.client(secretAccessKey: "wrong")
        let key = Store.key()
        #expect(await refusal { try await client.headBucket() } == "403 ")
        #expect(await refusal { _ = try await client.headObject(key: key) } == "403 ")
        #expect(
            await refusal { _ = try await client.getObject(key: key, maximumBytes: 10) } == "403 SignatureDoesNotMatch"
        )
        #expect(await refusal { try await client.deleteObject(key: key) } == "403 SignatureDoesNotMatch")
        #expect(await refusal { try await client.put(pdf, at: key) } == "403 SignatureDoesNotMatch")
        // The answer comes while most of the body is still to be sent.
        let large = [UInt8](repeating: 0, count: 20 << 20)
        #expect(await refusal { try await client.put(large, at: key) } == "403 SignatureDoesNotMatch")
        #expect(try await store.client().headObject(key: key) == nil)
    }

    @Test(arguments: Store.available)
    func `a bucket is there or it isn't`(store: Store) async throws {
        let account = try await store.account()
        let client = try await store.client()
        try await client.headBucket()
        let elsewhere = S3Client(
            configuration: try S3Configuration(
                endpoint: account.endpoint,
                bucket: "bucket-\(UUID().uuidString.lowercased())",
                region: account.region,
                credentials: AWSCredentials(
                    accessKeyID: account.accessKeyID,
                    secretAccessKey: account.secretAccessKey
                )
            ),
            http: Store.http
        )
        #expect(await refusal { try await elsewhere.headBucket() } == "404 ")
        #expect(await refusal { _ = try await elsewhere.getObject(key: "k", maximumBytes: 1) } == "404 NoSuchBucket")
        try await elsewhere.createBucket()
        try await elsewhere.headBucket()
    }

    /// Status and code of a refusal; empty when there was none.
    private func refusal(of operation: () async throws -> Void) async -> String {
        do {
            try await operation()
            return ""
        } catch S3Error.refused(let status, let code, _) {
            return "\(status) \(code)"
        } catch {
            return "\(error)"
        }
    }
}
