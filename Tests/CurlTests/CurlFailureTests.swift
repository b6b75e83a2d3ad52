import Curl
import Synchronization
import Testing
import TestSupport

/// What goes wrong on a network, and how soon it is noticed.
@Suite(.timeLimit(.minutes(5))) struct CurlFailureTests {
    private let client = CurlClient()

    @Test func `a port where nobody listens is unreachable`() async throws {
        let port = try ScriptedServer { _ in }.port  // closed again at once
        #expect(try await failure(of: CurlRequest(url: "http://127.0.0.1:\(port)/")) == "unreachable")
    }

    @Test func `a name without an address is unreachable`() async throws {
        #expect(try await failure(of: CurlRequest(url: "http://no-such-host.invalid/")) == "unreachable")
    }

    @Test func `a peer that doesn't speak TLS is a TLS failure`() async throws {
        let server = try ScriptedServer { $0.write("HTTP/1.1 400 Bad Request\r\n\r\n") }
        #expect(try await failure(of: CurlRequest(url: "https://127.0.0.1:\(server.port)/")) == "tls")
    }

    @Test(arguments: [
        CurlTimeouts(connect: .seconds(300), stall: .seconds(1), total: .seconds(300)),
        CurlTimeouts(connect: .seconds(300), stall: .seconds(300), total: .milliseconds(700)),
    ])
    func `a peer that takes a request and says nothing runs into a timeout`(timeouts: CurlTimeouts) async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let start = ContinuousClock.now
        #expect(try await failure(of: CurlRequest(url: server.url, timeouts: timeouts)) == "timedOut")
        #expect(ContinuousClock.now - start < .seconds(60))
    }

    @Test func `half an answer is an interruption`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        }
        #expect(try await failure(of: CurlRequest(url: server.url)) == "interrupted")
    }

    @Test func `cancellation ends a request at once and closes its channel`() async throws {
        let (events, event) = AsyncStream.makeStream(of: String.self)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            event.yield("request")
            channel.waitForEnd()
            event.yield("closed")
        }
        let request = Task { try await failure(of: CurlRequest(url: server.url)) }
        var iterator = events.makeAsyncIterator()
        #expect(await iterator.next() == "request")
        request.cancel()
        #expect(try await request.value == "cancelled")
        #expect(await iterator.next() == "closed")
    }

    @Test func `a request of a cancelled task is not sent`() async throws {
        let server = try ScriptedServer { $0.waitForEnd() }
        let request = Task {
            unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
            return try await failure(of: CurlRequest(url: server.url))
        }
        #expect(try await request.value == "cancelled")
    }

    @Test func `shutting down ends what runs and refuses what comes`() async throws {
        let (requests, arrived) = AsyncStream.makeStream(of: Void.self)
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            arrived.yield()
            channel.waitForEnd()
        }
        async let running = failure(of: CurlRequest(url: server.url))
        for await _ in requests { break }
        client.shutdown()
        #expect(try await running == "cancelled")
        #expect(try await failure(of: CurlRequest(url: server.url)) == "cancelled")
    }

    /// A peer closes an idle channel just as the next request is on its way: the client can't know, and an upload's first
    /// chunk is gone. It happens in production with every store that has an idle timeout.
    @Test(arguments: [(CurlRequest.Method.put, true), (.post, false)])
    func `a request into a dying channel is repeated if its method allows that`(
        method: CurlRequest.Method,
        isRepeated: Bool
    ) async throws {
        let requests = Mutex(0)
        let server = try ScriptedServer { channel in
            guard channel.readHead() != nil else { return }
            requests.withLock { $0 += 1 }
            _ = channel.readBody(3)
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            // The second request's head, and then good-bye.
            if channel.number == 0, channel.readHead() != nil { requests.withLock { $0 += 1 } }
        }
        _ = try await client.perform(CurlRequest(method: .put, url: server.url, body: .bytes([1, 2, 3])))
        let upload = CurlRequest(
            method: method, url: server.url, body: .stream(length: 3, chunks: Chunks([[1], [2, 3]])))
        if isRepeated {
            #expect(try await client.perform(upload).status == 200)
        } else {
            #expect(try await failure(of: upload) == "interrupted")
        }
        #expect(requests.withLock { $0 } == (isRepeated ? 3 : 2))
    }

    /// The name of the error's case, without the text.
    private func failure(of request: CurlRequest) async throws -> String {
        do throws(CurlError) {
            let response = try await client.perform(request)
            return "status \(response.status)"
        } catch {
            return String("\(error)".prefix { $0 != "(" })
        }
    }
}
