import TestSupport
import Testing

/// The largest file, here 100,000 bytes, in every way that a body can be announced.
@Suite(.sharedServer(storage: .directory, settings: ["ACCORD_MAX_FILE_BYTES": "100000"]), .timeLimit(.minutes(3)))
struct FileLimitTests {
    @Test(arguments: [(99_999, 200), (100_000, 200), (100_001, 413)])
    func `a file is refused one byte above the limit`(_ size: Int, _ status: Int) async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let file = TestFile.pdf("agreement.pdf", size: size)
        let answer = try await server.upload(file, to: other, token: server.token())
        #expect(answer.status == status)
        #expect(answer.codes == (status == 413 ? ["FILE_TOO_LARGE"] : []))
        let row = server.row(file.bytes, "agreement.pdf", with: other)
        let expected = status == 413 ? TestServer.Contents.nothing : TestServer.Contents(row)
        #expect(try await server.contents().with(other) == expected)
    }

    @Test(arguments: ["", "Expect: 100-continue\r\n"])
    func `a body announced as too large is refused before it is sent`(_ header: String) async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let head = try head(server, "Content-Length: 60000000\r\n\(header)")
        let answer = try await RawExchange(with: server.url, [.send(head)]).run()
        expectTooLarge(answer)
        #expect(answer.isClosed)
        #expect(try await server.contents().with(other) == .nothing)
    }

    @Test func `a body without a length is refused while it is read`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        // Each chunk stands alone; there is no last one.
        let start = body(other, TestFile.pdf("agreement.pdf", size: 2_000).bytes).bytesWithoutEnd
        let more = [UInt8](repeating: 0x20, count: 32_000)
        var steps: [RawExchange.Step] = [
            .send(try head(server, "Transfer-Encoding: chunked\r\n")), .send(chunk(start.dropLast(2))),
        ]
        for _ in 1...40 { steps.append(.send(chunk(more[...]))) }
        let answer = try await RawExchange(with: server.url, steps).run()
        expectTooLarge(answer)
        #expect(answer.isClosed)
        #expect(try await server.contents().with(other) == .nothing)
    }

    @Test func `a body that comes slowly and within the limit is accepted`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let file = TestFile.pdf("agreement.pdf", size: 50_000)
        let bytes = body(other, file.bytes).bytes
        var steps = [RawExchange.Step.send(try head(server, "Transfer-Encoding: chunked\r\n"))]
        for start in stride(from: 0, to: bytes.count, by: 10_000) {
            steps += [.send(chunk(bytes[start..<min(start + 10_000, bytes.count)])), .pause(.milliseconds(50))]
        }
        let answer = try await RawExchange(with: server.url, steps + [.send(Array("0\r\n\r\n".utf8))]).run()
        #expect(answer.statuses == [200])
        let row = server.row(file.bytes, "agreement.pdf", with: other)
        #expect(try await server.contents().with(other) == TestServer.Contents(row))
    }

    @Test func `a client that waits for it is told to go on`() async throws {
        let server = try TestServer.current
        let other = try await server.newConnection()
        let bytes = body(other, TestFile.pdf("agreement.pdf").bytes).bytes
        let head = try head(server, "Content-Length: \(bytes.count)\r\nExpect: 100-continue\r\n")
        let answer = try await RawExchange(with: server.url, [.send(head), .send(bytes)]).run()
        #expect(answer.statuses == [100, 200])
        #expect(GraphQLAnswer(status: 200, body: answer.body).errors.isEmpty)
    }

    private func expectTooLarge(_ answer: RawExchange.Answer, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(answer.statuses == [413], sourceLocation: sourceLocation)
        let codes = GraphQLAnswer(status: 413, body: answer.body).codes
        #expect(codes == ["FILE_TOO_LARGE"], sourceLocation: sourceLocation)
    }

    private func body(_ organization: String, _ bytes: [UInt8]) -> MultipartBody {
        MultipartBody.upload(
            operations: TestServer.uploadOperations(organization), fileName: #"filename="agreement.pdf""#, bytes)
    }

    private func head(_ server: TestServer, _ headers: String) throws -> [UInt8] {
        Array(
            """
            POST /graphql HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer \(try server.token())\r
            Content-Type: \(MultipartBody().contentType)\r
            \(headers)\r\n
            """.utf8)
    }

    private func chunk(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        Array("\(String(bytes.count, radix: 16))\r\n".utf8) + bytes + Array("\r\n".utf8)
    }
}
