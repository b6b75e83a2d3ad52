import Testing

@testable import GraphQLHTTP

/// Through a real socket: who says that a request is the last of its connection, and how.
@Suite(.timeLimit(.minutes(2)))
struct ConnectionEndTests {
    private static let body = #"{"query":"{ requestID }"}"#

    private static func request(_ version: String, _ connection: String?) -> String {
        "POST /graphql \(version)\r\nHost: h\r\nAuthorization: Bearer member\r\nX-Request-ID: r1\r\n"
            + (connection.map { "Connection: \($0)\r\n" } ?? "")
            + "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    @Test(
        arguments: [
            ("HTTP/1.1", "close"), ("HTTP/1.1", "Close"), ("HTTP/1.1", "TE, CLOSE"),
            ("HTTP/1.1", "TE\r\nConnection: close"), ("HTTP/1.0", nil), ("HTTP/1.0", "TE"),
        ] as [(String, String?)])
    func `the connection is closed after the answer`(_ version: String, _ connection: String?) async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                try await client.send(Self.request(version, connection))
                #expect(try await client.response().body == #"{"data":{"requestID":"r1"}}"#)
                #expect(await client.isClosed())
            }
        }
    }

    @Test(
        arguments: [
            ("HTTP/1.1", nil), ("HTTP/1.1", "keep-alive"), ("HTTP/1.1", "closed"), ("HTTP/1.0", "Keep-Alive"),
        ] as [(String, String?)])
    func `the connection takes another request`(_ version: String, _ connection: String?) async throws {
        try await withServer { port in
            try await WireClient.connected(to: port) { client in
                for _ in 1...2 {
                    try await client.send(Self.request(version, connection))
                    #expect(try await client.response().body == #"{"data":{"requestID":"r1"}}"#)
                }
            }
        }
    }
}
