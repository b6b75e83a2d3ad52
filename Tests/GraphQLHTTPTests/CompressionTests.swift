import Gzip
import Testing

@testable import GraphQLHTTP

/// Through a real socket: answers made smaller for clients that take that.
@Suite(.timeLimit(.minutes(5)))
struct CompressionTests {
    private static let headers = [
        "Content-Type": "application/json", "X-Request-ID": "r1", "Authorization": "Bearer member",
    ]

    /// A request whose answer has so many bytes.
    private static func body(answerBytes: Int) -> String {
        let text = String(repeating: "a", count: answerBytes - #"{"data":{"echo":""}}"#.utf8.count)
        return #"{"query":"{ echo(text: \"\#(text)\") }"}"#
    }

    @Test(
        arguments: [
            (1_023, "gzip", false), (1_024, "gzip", true), (1_025, "gzip", true), (9_000, nil, false),
            (9_000, "br", false),
            (9_000, "identity", false), (9_000, "gzip;q=0", false), (9_000, "*", true), (9_000, "*;q=0", false),
            (9_000, "br, GZIP;q=0.5, *;q=0", true), (9_000, "deflate, gzip;q=1.0, *;q=0.5", true), (9_000, ",;", false),
        ] as [(Int, String?, Bool)])
    func `a large answer is compressed for a client that takes gzip`(
        _ size: Int, _ accepted: String?, _ isCompressed: Bool
    ) async throws {
        try await withServer { port in
            var headers = Self.headers
            headers["Accept-Encoding"] = accepted
            let response = try await request(port, "POST", "/graphql", headers, body: Self.body(answerBytes: size))
            #expect(response.status == 200)
            #expect(response.headers["vary"] == "Accept-Encoding")
            #expect(response.headers["content-encoding"] == (isCompressed ? "gzip" : nil))
            let length = try #require(response.headers["content-length"].flatMap { Int($0) })
            #expect(isCompressed ? length < 200 : length == size)
        }
    }

    @Test func `compression can be switched off`() async throws {
        var configuration = GraphQLHTTPConfiguration()
        configuration.compresses = false
        try await withServer(configuration) { port in
            let headers = Self.headers.merging(["Accept-Encoding": "gzip"]) { $1 }
            let response = try await request(port, "POST", "/graphql", headers, body: Self.body(answerBytes: 9_000))
            #expect(response.headers["vary"] == nil)
            #expect(response.headers["content-encoding"] == nil)
        }
    }
}
