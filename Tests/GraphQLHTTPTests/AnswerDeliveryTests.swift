import Testing

@testable import GraphQLHTTP

/// Through a real socket: clients that take their time to read a large answer.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct AnswerDeliveryTests {
    private static let headers = ["Content-Type": "application/json", "Authorization": "Bearer member"]
    private static let small = #"{"query":"{ requestID }"}"#

    private static func large() -> String {
        let body = #"{"query":"{ large }"}"#
        return "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer member\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test func `a request is being answered until its answer is taken`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumRequestsInFlight = 1
        try await withServer(configuration) { port in
            try await WireClient.connected(to: port, receiveBuffer: 64 << 10) { client in
                try await client.send(Self.large())
                _ = try await client.receiveSome()
                for _ in 1...5 {
                    #expect(try await request(port, "POST", "/graphql", Self.headers, body: Self.small).status == 503)
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(try await client.response().body.utf8.count > ToySchema.largeBytes)
                while try await request(port, "POST", "/graphql", Self.headers, body: Self.small).status != 200 {}
            }
        }
    }

    @Test func `a client that takes nothing of its answer is cut off`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.maximumRequestsInFlight = 1
        try await withServer(configuration, idleTime: .seconds(10)) { port in
            try await WireClient.connected(to: port, receiveBuffer: 64 << 10) { client in
                try await client.send(Self.large())
                _ = try await client.receiveSome()
                while try await request(port, "POST", "/graphql", Self.headers, body: Self.small).status != 200 {
                    try await Task.sleep(for: .milliseconds(50))
                }
                await #expect(throws: WireError.self) { _ = try await client.response() }
            }
        }
    }

    @Test func `a client that takes its answer steadily gets it whole`() async throws {
        try await withServer(idleTime: .seconds(10)) { port in
            try await WireClient.connected(to: port, receiveBuffer: 64 << 10) { client in
                try await client.send(Self.large())
                let start = ContinuousClock.now
                var next = 0
                // Half as long again as a connection may be idle.
                while .now - start < .seconds(15) {
                    let received = try await client.receiveSome()
                    guard received > next else { continue }
                    next = received + ToySchema.largeBytes / 200
                    try await Task.sleep(for: .milliseconds(250))
                }
                #expect(try await client.response().body.utf8.count > ToySchema.largeBytes)
            }
        }
    }
}
