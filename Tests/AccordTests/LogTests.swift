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
                try JSONDecoder().decode([String: String].self, from: Data($0.utf8))
            }
            let line = lines.first { $0["request.id"] == "client-made-8" }
            #expect(line?["level"] == "error")
            #expect(line?["cause"]?.contains("127.0.0.1") == true)
            #expect(line?["key"] == "brightwater/agreements/\(keystone)/a.pdf")
        }
    }
}
