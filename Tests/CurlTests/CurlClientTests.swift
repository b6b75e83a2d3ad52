import Curl
import Testing
import TestSupport

/// The client against a peer that answers as told.
@Suite(.timeLimit(.minutes(5))) struct CurlClientTests {
    private let client = CurlClient()

    @Test func `a response has status, headers in order, and body`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
            channel.write("HTTP/1.1 404 Not Found\r\nETag: \"a\"\r\nX-Empty:\r\nContent-Length: 5\r\n\r\nhello")
        }
        let response = try await client.perform(CurlRequest(url: server.url + "/"))
        #expect(response.status == 404)
        #expect(response.headers.map(\.name) == ["ETag", "X-Empty", "Content-Length"])
        #expect(response.headers.map(\.value) == ["\"a\"", "", "5"])
        #expect(response.header("etag") == "\"a\"")
        #expect(response.body == Array("hello".utf8))
    }

    @Test func `common headers are sent with every request, as the task that sends it has them`() async throws {
        let server = try ScriptedServer { channel in
            let head = channel.readHead() ?? ""
            channel.write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(head.utf8.count)\r\n\r\n\(head)")
        }
        let client = CurlClient { [(name: "traceparent", value: Trace.current)] }
        for trace in ["a", "b"] {
            let response = try await Trace.$current.withValue(trace) {
                try await client.perform(
                    CurlRequest(url: server.url + "/", headers: [(name: "X-Own", value: trace)]))
            }
            let head = String(decoding: response.body, as: UTF8.self)
            #expect(head.contains("\r\nX-Own: \(trace)\r\n"))
            #expect(head.contains("\r\ntraceparent: \(trace)\r\n"))
        }
    }

    private enum Trace {
        @TaskLocal static var current = ""
    }

    @Test(
        arguments: [
            (CurlRequest.Method.get, 0, nil),
            (.head, 0, nil),
            (.delete, 0, nil),
            (.options, 0, nil),
            (.put, 0, "0"),
            (.post, 0, "0"),
            (.post, 3, "3"),
            (.patch, 3, "3"),
            (.put, 3 << 20, "3145728"),
            (.delete, 1, "1"),
        ] as [(CurlRequest.Method, Int, String?)])
    func `each method is sent as it is, with its length, without Expect or chunks`(
        method: CurlRequest.Method,
        bodyLength: Int,
        announced: String?
    ) async throws {
        let server = try ScriptedServer(echoingHeads)
        let response = try await client.perform(
            CurlRequest(
                method: method,
                url: server.url + "/a/../b/./%2e?q=1",
                headers: [(name: "Host", value: "signed.example"), (name: "X-Empty", value: "")],
                body: bodyLength == 0 ? .none : .bytes([UInt8](repeating: 7, count: bodyLength))
            )
        )
        let head = response.header("X-Head") ?? ""
        #expect(head.hasPrefix("\(method.rawValue) /a/../b/./%2e?q=1 HTTP/1.1|Host: signed.example|"))
        #expect(head.contains("|X-Empty:|"))
        #expect(head.firstMatch(of: /Content-Length: ([0-9]+)/).map { String($0.1) } == announced)
        #expect(!head.contains("Expect") && !head.contains("Transfer-Encoding"))
    }

    @Test func `a channel is kept and used again`() async throws {
        let server = try ScriptedServer(echoingHeads)
        for _ in 1...5 {
            _ = try await client.perform(CurlRequest(url: server.url))
            _ = try await client.perform(CurlRequest(method: .put, url: server.url, body: .bytes([1, 2])))
        }
        #expect(server.acceptedChannels == 1)
    }

    @Test func `many requests at once each get their own answer, over a bounded number of channels`() async throws {
        let server = try ScriptedServer(echoingHeads)
        let client = CurlClient(maximumConnections: 8)
        let paths = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 1...200 {
                group.addTask {
                    let response = try await client.perform(CurlRequest(url: "\(server.url)/\(number)"))
                    return String(response.header("X-Head")?.split(separator: " ")[1] ?? "")
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(paths == Set((1...200).map { "/\($0)" }))
        #expect(server.acceptedChannels <= 8)
    }

    @Test func `a redirect is an answer, not an order`() async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n")
        }
        let response = try await client.perform(CurlRequest(url: server.url))
        #expect(response.status == 302)
    }

    @Test(arguments: [
        "file:///etc/passwd", "ftp://127.0.0.1/x", "not a url", "http://", "http://127.0.0.1/\r\nX: y", "http://h/\0",
    ])
    func `a URL that is not plain HTTP is refused`(url: String) async {
        await #expect {
            try await client.perform(CurlRequest(url: url))
        } throws: { error in
            if case CurlError.invalidRequest = error { true } else { false }
        }
    }

    @Test(arguments: [("X", "a\r\nEvil: 1"), ("X", "a\0b"), ("X: 1\r\nEvil", "1"), ("", "1"), ("a b", "1")])
    func `a header that would smuggle another is refused`(name: String, value: String) async throws {
        let server = try ScriptedServer(echoingHeads)
        await #expect {
            try await client.perform(CurlRequest(url: server.url, headers: [(name: name, value: value)]))
        } throws: { error in
            if case CurlError.invalidRequest = error { true } else { false }
        }
        #expect(server.acceptedChannels == 0)
    }

    @Test(arguments: [(9, true), (10, true), (11, false)])
    func `a response body may be as long as the limit and no longer`(length: Int, isAccepted: Bool) async throws {
        let server = try ScriptedServer { channel in
            _ = channel.readHead()
            channel.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + String(repeating: "x", count: length))
        }
        do throws(CurlError) {
            let response = try await client.perform(CurlRequest(url: server.url, maximumResponseBytes: 10))
            #expect(response.body.count == length && isAccepted)
        } catch {
            guard case .responseTooLarge = error else { throw error }
            #expect(!isAccepted)
        }
    }

    /// Answers every request on the channel with its own head, the lines joined by `|`.
    private var echoingHeads: @Sendable (ScriptedChannel) -> Void {
        { channel in
            while let head = channel.readHead() {
                let length = head.firstMatch(of: /Content-Length: ([0-9]+)/).flatMap { Int($0.1) } ?? 0
                _ = channel.readBody(length)
                let echo = head.split(separator: "\r\n").joined(separator: "|")
                channel.write("HTTP/1.1 200 OK\r\nX-Head: \(echo)|\r\nContent-Length: 0\r\n\r\n")
            }
        }
    }
}
