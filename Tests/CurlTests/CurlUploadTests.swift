import Curl
import Glibc
import Synchronization
import Testing
import TestSupport

/// Bodies that are streamed.
@Suite(.timeLimit(.minutes(5))) struct CurlUploadTests {
    private let client = CurlClient()

    @Test func `the peer receives the chunks in order, byte for byte`() async throws {
        let expected = (0..<1_000_003).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        let received = Mutex<[UInt8]>([])
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            let body = channel.readBody(expected.count)
            received.withLock { $0 = body }
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        // Empty and uneven chunks, some smaller than libcurl's buffer, some larger.
        var chunks: [[UInt8]] = [[]]
        var rest = expected[...]
        for size in [1, 0, 70_000, 3, 300_000, 65_536, 1_000_000] {
            chunks.append(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
        let response = try await client.perform(upload(to: server, length: expected.count, Chunks(chunks)))
        #expect(response.status == 200)
        #expect(received.withLock { $0 } == expected)
    }

    @Test func `a producer slower than the network is waited for`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            let body = channel.readBody(20)
            channel.write(
                "HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n\(String(decoding: body, as: UTF8.self))")
        }
        let slow = Chunks((0..<20).map { [65 + UInt8($0)] }) { _ in try await Task.sleep(for: .milliseconds(5)) }
        let response = try await client.perform(upload(to: server, length: 20, slow))
        #expect(String(decoding: response.body, as: UTF8.self) == "ABCDEFGHIJKLMNOPQRST")
    }

    @Test func `a peer that doesn't read stops the producer, and one that reads on gets everything`() async throws {
        let chunk = [UInt8](repeating: 1, count: 256 << 10)
        let chunkCount = 200
        let produced = Atomic<Int>(0)
        let (going, go) = AsyncStream.makeStream(of: Void.self)
        let mayRead = Atomic<Bool>(false)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            go.yield()
            while !mayRead.load(ordering: .acquiring) { usleep(5000) }
            let count = channel.readBody(chunk.count * chunkCount).count
            channel.write("HTTP/1.1 200 OK\r\nX-Count: \(count)\r\nContent-Length: 0\r\n\r\n")
        }
        let chunks = Chunks(Array(repeating: chunk, count: chunkCount)) { _ in
            produced.add(1, ordering: .relaxed)
        }
        async let response = client.perform(upload(to: server, length: chunk.count * chunkCount, chunks))
        for await _ in going { break }
        try await Task.sleep(for: .milliseconds(500))
        // The kernel's buffers take some megabytes of the fifty; the client itself holds two chunks.
        let before = produced.load(ordering: .relaxed)
        #expect(before < chunkCount / 2)
        mayRead.store(true, ordering: .releasing)
        #expect(try await response.header("X-Count") == "\(chunk.count * chunkCount)")
    }

    @Test func `the producer's failure ends the request, and the peer sees it broken off`() async throws {
        struct DiskFailure: Error {}
        let (ends, end) = AsyncStream.makeStream(of: Int.self)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            end.yield(channel.readBody(1000).count)
        }
        let chunks = Chunks([[1, 2, 3], [4, 5, 6]]) { index in if index == 1 { throw DiskFailure() } }
        await #expect {
            try await client.perform(upload(to: server, length: 1000, chunks))
        } throws: { error in
            if case CurlError.bodyFailed(let cause) = error { cause is DiskFailure } else { false }
        }
        for await count in ends {
            #expect(count <= 3)
            break
        }
    }

    @Test(arguments: [2, 4])
    func `a body that isn't as long as announced is refused`(length: Int) async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        await #expect {
            try await client.perform(upload(to: server, length: length, Chunks([[1], [2, 3]])))
        } throws: { error in
            if case CurlError.invalidRequest = error { true } else { false }
        }
    }

    @Test func `an answer before the end of the body is the answer, and ends the producer`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno")
            channel.waitForEnd()
        }
        let endless = Chunks([[1], [2]]) { index in if index == 1 { try await Task.sleep(for: .seconds(3600)) } }
        let response = try await client.perform(upload(to: server, length: 1 << 20, endless))
        #expect(response.status == 403)
        #expect(response.body == Array("no".utf8))
    }

    @Test func `cancellation ends the producer, too`() async throws {
        let (events, event) = AsyncStream.makeStream(of: String.self)
        let server = try ScriptedServer { $0.waitForEnd() }
        let hanging = Chunks([[1], [2]]) { index in
            guard index == 1 else { return }
            event.yield("producer waits")
            do { try await Task.sleep(for: .seconds(3600)) } catch { event.yield("producer ended") }
        }
        let task = Task { try await client.perform(upload(to: server, length: 1 << 20, hanging)) }
        var iterator = events.makeAsyncIterator()
        #expect(await iterator.next() == "producer waits")
        task.cancel()
        #expect(await iterator.next() == "producer ended")
        await #expect {
            _ = try await task.value
        } throws: { error in
            if case CurlError.cancelled = error { true } else { false }
        }
    }

    /// Cancels at a random moment of an upload, many times: no continuation may be lost or resumed twice, which would
    /// hang or trap.
    @Test func `cancellation at any moment leaves nothing behind`() async throws {
        let server = try ScriptedServer { channel in
            while channel.readHead() != nil {
                _ = channel.readBody(64 << 10)
                channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let chunks = Chunks(Array(repeating: [UInt8](repeating: 0, count: 4 << 10), count: 16))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<300 {
                group.addTask {
                    let task = Task { _ = try await client.perform(upload(to: server, length: 64 << 10, chunks)) }
                    try? await Task.sleep(for: .microseconds(Int.random(in: 0...3000)))
                    task.cancel()
                    _ = await task.result
                }
            }
        }
        #expect(try await client.perform(upload(to: server, length: 64 << 10, chunks)).status == 200)
    }

    private func upload(to server: ScriptedServer, length: Int, _ chunks: Chunks) -> CurlRequest {
        CurlRequest(method: .put, url: server.url, body: .stream(length: length, chunks: chunks))
    }
}
