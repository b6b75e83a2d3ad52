import Curl
import Glibc
import Synchronization
import TestSupport
import Testing

/// Responses that are read as they come.
@Suite(.timeLimit(.minutes(5))) struct CurlDownloadTests {
    private let client = CurlClient()
    private static let chunk = [UInt8](repeating: 7, count: 64 << 10)

    @Test func `the head is there before the body, which comes whole and in order`() async throws {
        let mayGoOn = Atomic<Bool>(false)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 100 Continue\r\n\r\n")
            channel.write("HTTP/1.1 206 Partial Content\r\nX-A: b\r\nContent-Length: 9\r\n\r\n")
            while !mayGoOn.load(ordering: .acquiring) { usleep(5000) }
            for part in ["abc", "def", "ghi"] { channel.write(part) }
        }
        let stream = try await client.open(CurlRequest(url: server.url))
        #expect(stream.head.status == 206)
        #expect(stream.head.header("x-a") == "b")
        #expect(stream.head.body.isEmpty)
        mayGoOn.store(true, ordering: .releasing)
        #expect(String(decoding: try await stream.collected(maximumBytes: 9).body, as: UTF8.self) == "abcdefghi")
    }

    @Test func `a reader that pauses stops the sender, and gets everything when it goes on`() async throws {
        let count = 400  // 25 MiB
        let sent = Atomic<Int>(0)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: \(Self.chunk.count * count)\r\n\r\n")
            for _ in 0..<count {
                channel.write(Self.chunk)
                sent.add(1, ordering: .relaxed)
            }
        }
        let stream = try await client.open(CurlRequest(url: server.url))
        // Until nothing moves: the kernel's buffers and ours are full.
        var (before, now) = (-1, 0)
        while before != now || now == 0 {
            try await Task.sleep(for: .milliseconds(300))
            (before, now) = (now, sent.load(ordering: .relaxed))
        }
        #expect(now < count / 2)
        var received = 0
        for try await bytes in stream {
            #expect(bytes.count <= 512 << 10)
            received += bytes.count
        }
        #expect(received == Self.chunk.count * count)
    }

    @Test func `a body that breaks off is an error, after what had come`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
        }
        let stream = try await client.open(CurlRequest(url: server.url))
        var received: [UInt8] = []
        await #expect(throws: CurlError.self) {
            for try await bytes in stream { received += bytes }
        }
        #expect(received == Array("abc".utf8))
    }

    @Test func `a stream that is let go, and a reader that is cancelled, end the transfer`() async throws {
        let (ends, ended) = AsyncStream.makeStream(of: Void.self)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            channel.waitForEnd()
            ended.yield()
        }
        var iterator = ends.makeAsyncIterator()
        do { _ = try await client.open(CurlRequest(url: server.url)) }
        _ = await iterator.next()

        let stream = try await client.open(CurlRequest(url: server.url))
        let reader = Task {
            for try await _ in stream {}
        }
        reader.cancel()
        await #expect(throws: CurlError.self) { try await reader.value }
        _ = await iterator.next()
    }

    @Test func `where nobody listens, opening fails`() async throws {
        await #expect(throws: CurlError.self) { try await client.open(CurlRequest(url: "http://127.0.0.1:1")) }
    }
}
