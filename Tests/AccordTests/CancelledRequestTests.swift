import Curl
import Foundation
import Synchronization
import TestSupport
import Testing

/// Requests whose client goes away, or that take too long: what they have begun ends, in the database too, unless a file
/// is being stored.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct CancelledRequestTests {
    private static let query = #"{"query":"{ connections { name } }"}"#

    /// A request by hand, so that its client can go away.
    private func request(_ server: TestServer, _ body: [UInt8], _ contentType: String) throws -> [UInt8] {
        let head =
            "POST /graphql HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer \(try server.token())\r\n"
            + "Content-Type: \(contentType)\r\nContent-Length: \(body.count)\r\n\r\n"
        return Array(head.utf8) + body
    }

    @Test(.server(storage: .directory)) func `a client that goes away ends its statement`() async throws {
        let server = try TestServer.current
        let bytes = try request(server, Array(Self.query.utf8), "application/json")
        try await server.withBlockedConnections { waiting async throws in
            try await RawExchange(with: server.url, [.send(bytes)]).abandon {
                while try await waiting() == 0 {}
            }
            // Before the statement's own time is up, which is 30 seconds.
            let start = ContinuousClock.now
            while try await waiting() > 0 {}
            #expect(.now - start < .seconds(25))
        }
        #expect(
            try await server.client.post(
                body: Array(Self.query.utf8), contentType: "application/json", token: server.token()
            ).errors.isEmpty)
    }

    /// A file that is read as it comes since it is small, and one that is read only when it is wanted.
    @Test(.server(storage: .directory), arguments: [1_000, 6 << 20])
    func `a client that goes away before its file is wanted ends its statement`(_ size: Int) async throws {
        let server = try TestServer.current
        let organization = try await server.newConnection()
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(organization), fileName: #"filename="a.pdf""#,
            TestFile.pdf("a.pdf", size: size).bytes)
        let bytes = try request(server, body.bytes, body.contentType).dropLast(20).prefix(150_000)
        try await server.withBlockedConnections { waiting async throws in
            try await RawExchange(with: server.url, [.send(Array(bytes))]).abandon {
                while try await waiting() == 0 {}
            }
            let start = ContinuousClock.now
            while try await waiting() > 0 {}
            #expect(.now - start < .seconds(25))
        }
        #expect(try await server.contents().with(organization) == .nothing)
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_EXECUTION_SECONDS": "1"]))
    func `what takes too long is answered, and its statement ends`() async throws {
        let server = try TestServer.current
        try await server.withBlockedConnections { waiting async throws in
            let answer = try await server.client.graphQL("{ connections { name } }", token: server.token())
            #expect(answer.status == 503)
            #expect(answer.codes == ["TIMEOUT"])
            #expect(answer.errors.map(\.message) == ["This took too long and was given up."])
            #expect(try await waiting() == 0)
        }
        // What takes less is answered; on a machine that stalls, not each time.
        let answer = try await repeated(
            { try await server.client.graphQL("{ connections { name } }", token: server.token()) },
            until: { $0.errors.isEmpty })
        #expect(answer.errors.isEmpty)
    }

    @Test(.server(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"))
    func `what is being stored is stored to the end when the client goes away`() async throws {
        let server = try TestServer.current
        let moments = Moments()
        // Takes a file, and answers when the client has gone.
        let storage = try ScriptedServer { channel in
            guard let head = channel.readHead(), head.hasPrefix("PUT") else { return }
            let length = head.firstMatch(of: #/(?i)\r\ncontent-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
            _ = channel.readBody(length)
            moments.isStoring.store(true, ordering: .relaxed)
            while !moments.clientHasGone.load(ordering: .relaxed) { Thread.sleep(forTimeInterval: 0.005) }
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let organization = try await server.newConnection()
        try await server.withAnother(settings: ["AWS_ENDPOINT_URL": storage.url]) { server async throws in
            let body = MultipartBody.upload(
                operations: TestServer.uploadOperations(organization), fileName: #"filename="a.pdf""#,
                TestFile.pdf("a.pdf").bytes)
            let bytes = try request(server, body.bytes, body.contentType)
            try await RawExchange(with: server.url, [.send(bytes)]).abandon {
                while !moments.isStoring.load(ordering: .relaxed) { try await Task.sleep(for: .milliseconds(5)) }
            }
            try await Task.sleep(for: .milliseconds(200))
            moments.clientHasGone.store(true, ordering: .relaxed)
            while try await server.contents().rows.map(\.fileName) != ["a.pdf"] {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// The answer comes when the storage has said something, and says what became of the file.
    @Test(.server(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"))
    func `what is being stored when the time is up is stored to the end`() async throws {
        let server = try TestServer.current
        let storage = try ScriptedServer { channel in
            guard let head = channel.readHead(), head.hasPrefix("PUT") else { return }
            let length = head.firstMatch(of: #/(?i)\r\ncontent-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
            _ = channel.readBody(length)
            Thread.sleep(forTimeInterval: 12)
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        let organization = try await server.newConnection()
        let settings = ["AWS_ENDPOINT_URL": storage.url, "ACCORD_UPLOAD_SECONDS": "10"]
        try await server.withAnother(settings: settings) { server async throws in
            let start = ContinuousClock.now
            let answer = try await server.upload(
                TestFile.pdf("a.pdf"), to: organization, token: server.token())
            #expect(.now - start >= .seconds(12))
            #expect(answer.status == 200)
            #expect(try answer.uploaded.fileName == "a.pdf")
            #expect(try await server.contents().rows.map(\.fileName) == ["a.pdf"])
        }
    }

    private final class Moments: Sendable {
        let isStoring = Atomic(false)
        let clientHasGone = Atomic(false)
    }
}
