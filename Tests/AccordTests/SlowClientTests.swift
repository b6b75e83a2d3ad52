import TestSupport
import Testing

/// Clients that hold a connection and send next to nothing. The server is impatient here.
@Suite(
    .sharedServer(
        storage: .directory,
        settings: ["ACCORD_IDLE_SECONDS": "10", "ACCORD_MIN_BODY_RATE": "10000", "ACCORD_BODY_PAUSE_SECONDS": "1"]),
    .timeLimit(.minutes(3)))
struct SlowClientTests {
    /// A byte, again and again, for half a minute unless the server ends it.
    private static let trickle = (1...600).flatMap { _ in [RawExchange.Step.send([0x61]), .pause(.milliseconds(50))] }

    @Test(arguments: [
        [],
        [.send(Array("POST /graphql HTTP/1.1\r\nHost: h\r\nX: ".utf8))],
        [.send(Array("POST /graphql HTTP/1.1\r\nHost: h\r\nX: ".utf8))] + trickle,
    ])
    func `a request's head that doesn't come whole is not waited for`(_ steps: [RawExchange.Step]) async throws {
        let start = ContinuousClock.now
        let answer = try await RawExchange(with: TestServer.current.url, steps).run()
        #expect(answer.isClosed)
        #expect(answer.statuses == [])
        // Long before the trickle's end, and never at once.
        #expect(.seconds(10) <= .now - start && .now - start < .seconds(28))
    }

    @Test func `a connection with nothing more to ask is closed`() async throws {
        let request = "GET /health/live HTTP/1.1\r\nHost: h\r\n\r\n"
        let answer = try await RawExchange(
            with: TestServer.current.url,
            [.send(Array(request.utf8)), .pause(.milliseconds(200)), .send(Array(request.utf8))] + Self.trickle
        ).run()
        #expect(answer.statuses == [200])
        #expect(answer.sent < 2 * request.utf8.count + 500)
    }

    @Test(arguments: [[], trickle], ["application/json", MultipartBody().contentType])
    func `a body that stops or trickles is answered, and the connection closed`(
        _ steps: [RawExchange.Step], _ type: String
    ) async throws {
        let server = try TestServer.current
        let head = """
            POST /graphql HTTP/1.1\r
            Host: h\r
            Authorization: Bearer \(try server.token())\r
            Content-Type: \(type)\r
            Content-Length: 100000\r
            \r\n
            """
        let answer = try await RawExchange(with: server.url, [.send(Array(head.utf8))] + steps).run()
        #expect(answer.statuses == [408])
        #expect(GraphQLAnswer(status: 408, body: answer.body).codes == ["TIMEOUT"])
        #expect(answer.isClosed)
    }

    @Test func `a file that stops is told to its resolver`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(other), fileName: #"filename="a.pdf""#,
            TestFile.pdf("a.pdf", size: 200_000).bytes)
        let head = """
            POST /graphql HTTP/1.1\r
            Host: h\r
            Authorization: Bearer \(try server.token())\r
            Content-Type: \(body.contentType)\r
            Content-Length: 1000000\r
            \r\n
            """
        let answer = try await RawExchange(
            with: server.url, [.send(Array(head.utf8)), .send(body.bytesWithoutEnd)]
        ).run()
        #expect(answer.statuses == [408])
        #expect(GraphQLAnswer(status: 408, body: answer.body).codes == ["TIMEOUT"])
        #expect(try await server.contents().with(other) == .nothing)
    }
}
