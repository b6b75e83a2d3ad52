import TestSupport
import Testing

/// Requests that are refused before their bodies are read. Each client sends a gibibyte, or as much of it as the server
/// takes, and looks at the answer only then.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct EarlyRefusalTests {
    enum Sender: String, CaseIterable, Sendable {
        case nobody, stranger, viewer, member
    }

    private static let length = 1 << 30

    private func head(
        _ server: TestServer, from sender: Sender, type: String, _ headers: String
    ) throws -> [UInt8] {
        let authorization =
            switch sender {
            case .nobody: "GraphQL-Require-Preflight: 1"
            case .stranger: "Authorization: Bearer a.b.c"
            case .viewer, .member: "Authorization: Bearer \(try server.token(sender.rawValue))"
            }
        return Array(
            "POST /graphql HTTP/1.1\r\nHost: h\r\n\(authorization)\r\nContent-Type: \(type)\r\n\(headers)\r\n\r\n".utf8)
    }

    @Test(
        arguments: [
            (.nobody, MultipartBody().contentType, 401, "UNAUTHENTICATED"),
            (.stranger, MultipartBody().contentType, 401, "UNAUTHENTICATED"),
            (.stranger, "application/json", 401, "UNAUTHENTICATED"),
            (.viewer, MultipartBody().contentType, 403, "FORBIDDEN"),
            (.member, MultipartBody().contentType, 413, "FILE_TOO_LARGE"),
            (.member, "application/json", 413, "REQUEST_TOO_LARGE"),
        ] as [(Sender, String, Int, String)])
    func `the head is enough to refuse it`(
        _ sender: Sender, _ type: String, _ status: Int, _ code: String
    ) async throws {
        let server = try TestServer.current
        let head = try head(server, from: sender, type: type, "Content-Length: \(Self.length)")
        // The answer is there although no byte of the body has been sent …
        let early = try await RawExchange(with: server.url, [.send(head)]).run()
        #expect(early.statuses == [status])
        #expect(GraphQLAnswer(status: status, body: early.body).codes == [code])
        // … and for a client that sends first and asks later.
        let late = try await RawExchange(with: server.url, [.send(head), .fill(Self.length)]).run()
        #expect(late.statuses == [status])
        #expect(late.body.count == early.body.count)
        #expect(late.sent < 1 << 20)
    }

    @Test(
        arguments: [
            ("/nothing", 404), ("/health/live", 405), ("/health/ready", 405), ("/metrics", 405), ("/files/a", 405),
        ],
        ["Content-Length: \(10 << 30)", "Transfer-Encoding: chunked"])
    func `no body is read at another path`(_ path: (String, Int), _ length: String) async throws {
        let server = try TestServer.current
        let chunk = length.hasPrefix("Transfer") ? "\(String(Self.length, radix: 16))\r\n" : ""
        let head = Array("POST \(path.0) HTTP/1.1\r\nHost: h\r\n\(length)\r\n\r\n\(chunk)".utf8)
        let answer = try await RawExchange(with: server.url, [.send(head), .fill(Self.length)]).run()
        #expect(answer.statuses == [path.1])
        #expect(answer.isClosed)
        #expect(answer.sent < 1 << 20)
    }

    @Test func `a small body at another path doesn't end the connection`() async throws {
        let request = Array("POST /nothing HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n".utf8)
        let answer = try await RawExchange(
            with: TestServer.current.url,
            [.send(request), .fill(100_000), .pause(.milliseconds(500)), .send(request), .fill(100_000)]
        ).run()
        #expect(answer.statuses == [404])
        #expect(!answer.isClosed)
        #expect(answer.sent == 2 * (request.count + 100_000))
    }

    @Test(arguments: ["Content-Length: \(1 << 30)", "Transfer-Encoding: chunked"])
    func `an upload to a connection that is not accepted ends early, and no storage is asked`(
        _ length: String
    ) async throws {
        let storage = try ScriptedServer { _ in }
        let settings = [
            "ACCORD_MAX_FILE_BYTES": "2147483647", "ACCORD_STORAGE": "s3", "AWS_ENDPOINT_URL": storage.url,
            "AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret",
        ]
        try await TestServer.current.withAnother(settings: settings) { server async throws in
            let pending = try server.organization("Cobalt Fasteners")
            let fields = MultipartBody.upload(
                operations: TestServer.uploadOperations(pending), fileName: #"filename="a.pdf""#, []
            ).bytesWithoutEnd.dropLast(2)
            let chunk = length.hasPrefix("Transfer") ? Array("\(String(Self.length, radix: 16))\r\n".utf8) : []
            let head = try head(server, from: .member, type: MultipartBody().contentType, length)
            let answer = try await RawExchange(
                with: server.url, [.send(head), .send(chunk + fields), .fill(Self.length)]
            ).run()
            #expect(answer.statuses == [200])
            #expect(GraphQLAnswer(status: 200, body: answer.body).codes == ["CONNECTION_NOT_ACCEPTED"])
            #expect(answer.isClosed)
            #expect(answer.sent < 1 << 20)
        }
        #expect(storage.acceptedChannels == 0)
    }
}
