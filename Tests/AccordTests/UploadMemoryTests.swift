import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AccordDevelopment

/// The memory of a server that takes many uploads at once, seen from outside.
@Suite(
    .server(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct UploadMemoryTests {
    private static let uploads = 16
    private static let file = TestFile.pdf("a.pdf", size: 8 << 20)

    private final class Moments: Sendable {
        let sent = Atomic(0)
    }

    /// A storage that takes nothing before all have come, and an upload that a warm server is used to.
    @Test func `uploads that are not stored yet are not in memory`() async throws {
        let server = try TestServer.current
        let moments = Moments()
        let storage = try ScriptedServer { channel in
            guard let head = channel.readHead(), head.hasPrefix("PUT") else { return }
            while moments.sent.load(ordering: .relaxed) < Self.uploads { Thread.sleep(forTimeInterval: 0.01) }
            let length = head.firstMatch(of: #/(?i)\r\ncontent-length: ([0-9]+)/#).flatMap { Int($0.1) } ?? 0
            _ = channel.readBody(length)
            channel.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        }
        var requests: [[UInt8]] = []
        for _ in 1...Self.uploads { requests.append(try request(server, to: try await server.newConnection())) }
        try await withPrivateFolder { [requests] folder async throws in
            let serve = try await ServeProcess.start(
                like: server, settings: ["AWS_ENDPOINT_URL": storage.url, "ACCORD_TEMPORARY_DIRECTORY": folder],
                in: folder)
            let port = serve.port
            let before = try Self.memory(of: serve.process, "VmRSS")
            let statuses = await withTaskGroup(of: Int.self) { group in
                for request in requests {
                    group.addTask {
                        await onThread {
                            guard let connection = RawConnection(port: port) else { return 0 }
                            connection.send(request)
                            moments.sent.wrappingAdd(1, ordering: .relaxed)
                            guard case .answered(let answer) = connection.receive() else { return 0 }
                            return answer.status
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: Self.uploads))
            let growth = try Self.memory(of: serve.process, "VmHWM") - before
            // Two MiB for each and as much again; the files together are 128.
            #expect(growth < 64 << 20)
            #expect(await serve.stop() == 0)
        }
    }

    private func request(_ server: TestServer, to organization: String) throws -> [UInt8] {
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(organization), fileName: #"filename="a.pdf""#, Self.file.bytes)
        let head = """
            POST /graphql HTTP/1.1\r
            Host: accord\r
            Authorization: Bearer \(try server.token())\r
            Content-Type: \(body.contentType)\r
            Content-Length: \(body.bytes.count)\r
            \r\n
            """
        return Array(head.utf8) + body.bytes
    }

    /// A figure of `/proc/PID/status`, in bytes.
    private static func memory(of process: ChildProcess, _ name: String) throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.identifier)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
        return try #require(kibibytes) << 10
    }
}
