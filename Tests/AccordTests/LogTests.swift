import Curl
import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// What a client must not see is in the log, under the request's id.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct LogTests {
    @Test func `the cause of a failure is logged under the request's id and told to nobody`() async throws {
        let server = try TestServer.current
        let unreachable = [
            "ACCORD_STORAGE": "s3", "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "AWS_ACCESS_KEY_ID": "id",
            "AWS_SECRET_ACCESS_KEY": "secret", "ACCORD_LOG_FORMAT": "json",
        ]
        try await withPrivateFolder { folder async throws in
            let log = "\(folder)/log"
            let command = AccordCommand(environment: server.settings.merging(unreachable) { $1 }, folder: folder)
            let process = try await command.start(["serve"], log: log)
            let client = HTTPTestClient(url: try await addressLogged(in: log) { process.hasEnded })
            let keystone = try server.organization("Keystone Electric")
            let body = MultipartBody.upload(
                operations: TestServer.uploadOperations(keystone), fileName: #"filename="a.pdf""#,
                TestFile.pdf("").bytes)
            let response = try await client.send(
                .post, "/graphql",
                headers: [
                    (name: "Content-Type", value: body.contentType),
                    (name: "Authorization", value: "Bearer \(try server.token())"),
                    (name: "X-Request-ID", value: "client-made-8"),
                ],
                body: body.bytes)
            process.send(SIGTERM)
            #expect(await process.waitForEnd() == 0)

            let answer = GraphQLAnswer(status: response.status, body: response.body)
            #expect(answer.codes == ["STORAGE_UNAVAILABLE"])
            #expect(answer.errors.map(\.extensions.requestId) == ["client-made-8"])
            #expect(!answer.text.contains("127.0.0.1"))
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
                try JSONDecoder().decode(LogLine.self, from: Data($0.utf8))
            }
            let line = lines.first { $0["request.id"] == "client-made-8" }
            #expect(line?["level"] == "error")
            #expect(line?["cause"]?.contains("127.0.0.1") == true)
            #expect(line?["key"] == "brightwater/agreements/\(keystone)/a.pdf")
        }
    }

    @Test func `each GraphQL request has a line with who asked for what, and what became of it`() async throws {
        let server = try TestServer.current
        try await withPrivateFolder { folder async throws in
            let serve = try await ServeProcess.start(
                like: server, settings: ["ACCORD_LOG_FORMAT": "json"], in: folder)
            let client = HTTPTestClient(url: serve.url)
            let trace = "0af7651916cd43dd8448eb211c80319c"
            let requests: [(id: String, document: String, token: String?)] = [
                ("1", "query GetConnections { connections { name } }", try server.token()),
                ("2", "mutation M { a: deleteAgreement(connectedOrgId: \"x\") }", try server.token()),
                ("3", "query Stranger { connections { name } }", nil),
                ("4", "{", try server.token()),
            ]
            for (id, document, token) in requests {
                var headers = [
                    (name: "Content-Type", value: "application/json"), (name: "X-Request-ID", value: id),
                    (name: "traceparent", value: "00-\(trace)-b7ad6b7169203331-00"),
                ]
                if let token { headers.append((name: "Authorization", value: "Bearer \(token)")) }
                let body = try JSONEncoder().encode(["query": document])
                _ = try await client.send(.post, "/graphql", headers: headers, body: Array(body))
            }
            _ = try await client.get("/health/ready")
            #expect(await serve.stop() == 0)

            let lines = try serve.lines().filter { $0["message"] == "A GraphQL request was answered" }
            #expect(lines.map { $0["request.id"] } == ["1", "2", "3", "4"])
            #expect(lines.map { $0["operation"] } == ["GetConnections", "M", "Stranger", nil])
            #expect(lines.map { $0["tenant"] } == ["brightwater", "brightwater", nil, "brightwater"])
            #expect(lines.map { $0["code"] } == [nil, "BAD_USER_INPUT", "UNAUTHENTICATED", "GRAPHQL_PARSE_FAILED"])
            #expect(lines.map { $0.numbers["errors"] } == [nil, 1, 1, 1])
            #expect(lines.map { $0.numbers["status"] } == [200, 200, 401, 200])
            #expect(lines.allSatisfy { $0["trace.id"] == trace && $0["level"] == "info" })
            #expect(lines.allSatisfy { (0...60_000).contains($0.numbers["duration_ms"] ?? -1) })
        }
    }
}
