import AccordDevelopment
import Curl
import TestSupport
import Testing

/// A storage that can't be reached, breaks off, or says no: the document that a customer has stays what it was.
@Suite(
    .serialized, .server(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"),
    .timeLimit(.minutes(3)))
struct StorageFailureTests {
    enum Failure: String, CaseIterable, Sendable {
        case unreachable, breaksOff, wrongSecret, noSuchBucket

        var uploadCode: String {
            switch self {
            case .unreachable, .breaksOff: "STORAGE_UNAVAILABLE"
            case .wrongSecret, .noSuchBucket: "STORAGE_UPLOAD_FAILED"
            }
        }

        /// The settings of a server that meets with it.
        func settings(_ breaking: ScriptedServer) -> [String: String] {
            switch self {
            // Nothing listens on port 1.
            case .unreachable: ["AWS_ENDPOINT_URL": "http://127.0.0.1:1"]
            case .breaksOff: ["AWS_ENDPOINT_URL": breaking.url]
            case .wrongSecret: ["AWS_SECRET_ACCESS_KEY": "not-the-secret"]
            case .noSuchBucket: ["AWS_BUCKET_NAME": "no-such-bucket"]
            }
        }
    }

    @Test(arguments: Failure.allCases)
    func `an upload fails and changes nothing`(_ failure: Failure) async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let summit = try server.organization("Summit Lighting")
        let old = TestFile.pdf("agreement.pdf", seed: 1)
        let link = try await server.upload(old, to: keystone, token: server.token()).uploaded.presignedUrl
        let before = try await server.contents()
        #expect(before == TestServer.Contents(server.row(old.bytes, "agreement.pdf", with: keystone)))

        let breaking = try ScriptedServer { channel in
            // Closed in the middle of a file; to what has none there is no answer at all.
            if channel.readHead()?.hasPrefix("PUT") == true { _ = channel.readBody(1_000) }
        }
        try await server.withAnother(settings: failure.settings(breaking)) { broken async throws in
            // Under the same name, under another, and where there was none.
            for (name, organization) in [("agreement.pdf", keystone), ("new.pdf", keystone), ("new.pdf", summit)] {
                let file = TestFile.pdf(name, seed: 2, size: 400_000)
                let answer = try await broken.upload(file, to: organization, token: broken.token())
                #expect(answer.status == 200)
                #expect(answer.codes == [failure.uploadCode])
                expectNoSecrets(answer, of: broken)
            }
            let ready = try await broken.client.get("/health/ready")
            #expect(ready.status == 503)
            #expect(ready.body == Array(#"{"status":"unavailable"}"#.utf8))
            #expect(try await broken.client.get("/health/live").status == 200)
        }

        #expect(try await server.contents() == before)
        #expect(try await server.agreement(with: keystone, token: server.token())?.fileName == "agreement.pdf")
        #expect(try await server.client.get(link).body == old.bytes)
    }

    @Test(arguments: [Failure.unreachable, .wrongSecret])
    func `a deletion fails and changes nothing`(_ failure: Failure) async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let file = TestFile.pdf("agreement.pdf")
        let agreement = try await server.upload(file, to: keystone, token: server.token()).uploaded
        let before = try await server.contents()
        let breaking = try ScriptedServer { _ in }
        try await server.withAnother(settings: failure.settings(breaking)) { broken async throws in
            let answer = try await broken.delete(keystone, token: broken.token())
            #expect(answer.codes == ["STORAGE_UNAVAILABLE"])
            expectNoSecrets(answer, of: broken)
        }
        #expect(try await server.contents() == before)
        let shown = try await server.agreement(with: keystone, token: server.token())
        #expect(shown?.id == agreement.id)
        #expect(shown?.createdAt == agreement.createdAt)
        #expect(try await server.delete(keystone, token: server.token()).errors.isEmpty)
    }

    private func expectNoSecrets(
        _ answer: GraphQLAnswer, of server: TestServer, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for name in ["AWS_ENDPOINT_URL", "AWS_BUCKET_NAME", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
            let secret = server.settings[name] ?? ""
            #expect(!answer.text.contains(secret), "\(name)", sourceLocation: sourceLocation)
        }
        #expect(answer.errors.allSatisfy { $0.extensions.requestId?.isEmpty == false }, sourceLocation: sourceLocation)
    }
}
