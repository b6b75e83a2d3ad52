import NIOCore
import Testing

@testable import GraphQLHTTP

/// Through a real socket: how long, how many and how large requests may be.
@Suite(.timeLimit(.minutes(5)))
struct RequestLimitTests {
    private static let headers = [
        "Content-Type": "application/json", "X-Request-ID": "r1", "Authorization": "Bearer member",
    ]
    private static let sleep = #"{"query":"{ sleep }"}"#

    private static func head(_ length: Int, type: String = "application/json") -> String {
        "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\nX-Request-ID: r1\r\n"
            + "Content-Type: \(type)\r\nContent-Length: \(length)\r\n\r\n"
    }

    private func error(_ message: String, _ code: String) -> String {
        #"{"errors":[{"message":"\#(message)","extensions":{"code":"\#(code)","requestId":"r1"}}]}"#
    }

    /// Waits for the toy schema's resolvers to have noted this.
    private func wait(for noted: [String], in events: TestEvents) async throws {
        while events.all != noted { try await Task.sleep(for: .milliseconds(2)) }
    }

    @Test(arguments: [(-1, 200), (0, 200), (1, 413)])
    func `variables may be as long as configured`(_ excess: Int, _ status: Int) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumVariablesBytes = 100
        try await withServer(configuration) { port in
            // {"t":"…"} has 8 bytes besides the text.
            let text = String(repeating: "a", count: 92 + excess)
            let body = #"{"query":"query($t: String!) { echo(text: $t) }","variables": { "t" : "\#(text)" }}"#
            let response = try await request(port, "POST", "/graphql", Self.headers, body: body)
            #expect(response.status == status)
            #expect(
                response.body
                    == (status == 200
                        ? #"{"data":{"echo":"\#(text)"}}"#
                        : error(#"The parameter \"variables\" is larger than 100 bytes."#, "REQUEST_TOO_LARGE")))
        }
    }

    @Test func `an execution that takes too long is cancelled and answered`() async throws {
        let events = TestEvents()
        var configuration = GraphQLHTTPConfiguration()
        configuration.executionTime = .milliseconds(50)
        try await withServer(configuration, events: events) { port in
            let response = try await request(port, "POST", "/graphql", Self.headers, body: Self.sleep)
            #expect(response.status == 503)
            #expect(response.body == error("This took too long and was given up.", "TIMEOUT"))
            #expect(events.all == ["asleep", "cancelled"])
            // The connection and the server go on.
            let next = try await request(port, "POST", "/graphql", Self.headers, body: #"{"query":"{ requestID }"}"#)
            #expect(next.status == 200)
        }
    }

    @Test func `an upload that takes too long is given up`() async throws {
        let events = TestEvents()
        var configuration = GraphQLHTTPConfiguration()
        configuration.uploadTime = .seconds(10)
        try await withServer(configuration, events: events) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(
                    Self.head(1_000_000, type: "multipart/form-data; boundary=b") + Self.upload + "some")
                let response = try await client.response()
                #expect(response.status == 503)
                #expect(response.body == error("This took too long and was given up.", "TIMEOUT"))
                #expect(response.headers["connection"] == "close")
            }
        }
    }

    @Test(arguments: ["application/json", "multipart/form-data; boundary=b"])
    func `a body that trickles in is cut off`(_ type: String) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.bodyTime = .milliseconds(100)
        configuration.uploadTime = .milliseconds(100)
        try await withServer(configuration) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head(1_000, type: type) + "--")
                // Long enough for a busy machine to have begun to wait.
                try await Task.sleep(for: .seconds(1))
                try await client.send("b")
                let response = try await client.response()
                #expect(response.status == 408)
                #expect(response.body == error("The request took too long to arrive.", "TIMEOUT"))
                #expect(await client.isClosed())
            }
        }
    }

    private static let operations = #"{"query":"mutation($f: Upload!) { upload(file: $f) }","variables":{"f":null}}"#
    private static let upload =
        "--b\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n\(operations)\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"map\"\r\n\r\n{\"0\":[\"variables.f\"]}\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"0\"; filename=\"a.pdf\"\r\n\r\n"

    /// What has been sent when the body begins to trickle, and how that is answered. A file is missed by its resolver.
    @Test(
        arguments: [
            ("application/json", "{", nil),
            ("multipart/form-data; boundary=b", "a preamble", nil),
            ("multipart/form-data; boundary=b", upload, #"{"data":{"upload":"tooSlow"}}"#),
        ] as [(String, String, String?)], [true, false])
    func `a body below the lowest rate is cut off`(
        _ begun: (type: String, text: String, body: String?), _ isSilent: Bool
    ) async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.minimumBodyRate = MinimumRate(bytesPerSecond: 10_000, patience: .milliseconds(200))
        try await withServer(configuration) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head(1_000_000, type: begun.type) + begun.text)
                let trickle = isSilent ? nil : client.keepSending(zeros: 1, every: .milliseconds(20))
                let response = try await client.response()
                trickle?.cancel()
                #expect(response.status == 408)
                #expect(response.body == begun.body ?? error("The request took too long to arrive.", "TIMEOUT"))
                #expect(response.headers["connection"] == "close")
            }
        }
    }

    @Test func `a body above the lowest rate may take its time`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        // Patient with a busy machine; a silence of this length would be no pause but the end.
        configuration.minimumBodyRate = MinimumRate(bytesPerSecond: 100, patience: .seconds(20))
        try await withServer(configuration) { port in
            try await WireClient.connected(to: port) { client in
                let end = "\r\n--b--"
                let length = Self.upload.utf8.count + 20 * 200 + end.utf8.count
                try await client.send(Self.head(length, type: "multipart/form-data; boundary=b") + Self.upload)
                for _ in 1...20 {
                    try await client.send([UInt8](repeating: 0x20, count: 200))
                    try await Task.sleep(for: .milliseconds(50))
                }
                try await client.send(end)
                let response = try await client.response()
                #expect(response.status == 200)
                #expect(response.headers["connection"] == nil)
            }
        }
    }

    @Test func `a client that goes away cancels its request`() async throws {
        let events = TestEvents()
        try await withServer(events: events) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head(Self.sleep.utf8.count) + Self.sleep)
                try await wait(for: ["asleep"], in: events)
                try await client.abort()
            }
            try await wait(for: ["asleep", "cancelled"], in: events)
        }
    }

    @Test func `a client that sends no more is taken for gone`() async throws {
        let events = TestEvents()
        try await withServer(events: events) { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.head(Self.sleep.utf8.count) + Self.sleep)
                try await wait(for: ["asleep"], in: events)
                client.finishSending()
                try await wait(for: ["asleep", "cancelled"], in: events)
            }
        }
    }

    @Test func `a client that stays is not disturbed, request after request`() async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                for number in 1...200 {
                    let body = #"{"query":"{ echo(text: \"\#(number)\") }"}"#
                    try await client.send(Self.head(body.utf8.count) + body)
                    #expect(try await client.response().body == #"{"data":{"echo":"\#(number)"}}"#)
                }
            }
        }
    }

    @Test func `one request more than may be answered at a time is told to come back`() async throws {
        let events = TestEvents()
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumRequestsInFlight = 2
        try await withServer(configuration, events: events) { port in
            try await WireClient.connected(to: port) { first in
                try await first.send(Self.head(Self.sleep.utf8.count) + Self.sleep)
                try await wait(for: ["asleep"], in: events)
                let query = #"{"query":"{ requestID }"}"#
                // The second of two.
                #expect(try await request(port, "POST", "/graphql", Self.headers, body: query).status == 200)
                try await WireClient.connected(to: port) { second in
                    try await second.send(Self.head(Self.sleep.utf8.count) + Self.sleep)
                    try await wait(for: ["asleep", "asleep"], in: events)
                    let third = try await request(port, "POST", "/graphql", Self.headers, body: query)
                    #expect(third.status == 503)
                    #expect(third.headers["retry-after"] == "1")
                    #expect(third.body == error("The server is busy. Try again in a moment.", "SERVER_BUSY"))
                    try await second.abort()
                }
                try await wait(for: ["asleep", "asleep", "cancelled"], in: events)
                while try await request(port, "POST", "/graphql", Self.headers, body: query).status != 200 {}
                try await first.abort()
            }
        }
    }
}
