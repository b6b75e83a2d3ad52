import Curl
import Foundation
import Synchronization
import TestSupport
import Testing

@testable import AccordDevelopment

/// How `accord serve` ends: what it has accepted is answered, within its time, and it exits with 0.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(5)))
struct ShutdownTests {
    private static func request(_ token: String, endsConnection: Bool = false) -> [UInt8] {
        let body = #"{"query":"{ connections { name } }"}"#
        return Array(
            """
            POST /graphql HTTP/1.1\r
            Host: accord\r
            Authorization: Bearer \(token)\r
            Content-Type: application/json\r
            \(endsConnection ? "Connection: close\r\n" : "")Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """.utf8)
    }

    // MARK: - A deploy

    /// What became of the requests that clients sent.
    private final class Tally: Sendable {
        let isOver = Atomic(false)
        let answered = Atomic(0)
        /// Connections that were used before and ended without a byte of an answer.
        let closed = Atomic(0)
        let lost = Mutex<[String]>([])
    }

    /// Sends one request after the other until it is over, and tries again only where nobody listens.
    private static func runClient(port: Int, token: String, keepsConnections: Bool, _ tally: Tally) {
        let request = request(token, endsConnection: !keepsConnections)
        var connection: RawConnection?
        var lastAnswer = ContinuousClock.now
        while !tally.isOver.load(ordering: .relaxed) {
            let isFresh = connection == nil
            guard let current = connection ?? RawConnection(port: port) else {
                Thread.sleep(forTimeInterval: 0.002)
                continue
            }
            current.send(request)
            let idleTime = ContinuousClock.now - lastAnswer
            let outcome = current.receive()
            connection = keepsConnections ? current : nil
            switch outcome {
            case .answered(let answer) where answer.status == 200:
                tally.answered.wrappingAdd(1, ordering: .relaxed)
                lastAnswer = .now
                if answer.isLast { connection = nil }
            case .closed where !isFresh:
                // Connections may be idle for two seconds; a client that stalled may have used them up.
                if idleTime < .seconds(1) { tally.closed.wrappingAdd(1, ordering: .relaxed) }
                connection = nil
            case .answered(let answer):
                tally.lost.withLock { $0.append("\(answer.status): \(String(decoding: answer.body, as: UTF8.self))") }
            case .closed, .cutOff:
                tally.lost.withLock { $0.append("\(outcome) on a fresh connection: \(isFresh)") }
                connection = nil
            }
        }
    }

    @Test(arguments: [true, false])
    func `a deploy under load loses no request that was accepted`(_ keepsConnections: Bool) async throws {
        let server = try TestServer.current
        let token = try server.token()
        try await withPrivateFolder { folder async throws in
            let old = try await ServeProcess.start(like: server, in: folder)
            let tally = Tally()
            try await withThrowingTaskGroup { group in
                for _ in 1...8 {
                    group.addTask { [port = old.port] in
                        await onThread {
                            Self.runClient(port: port, token: token, keepsConnections: keepsConnections, tally)
                        }
                    }
                }
                defer { tally.isOver.store(true, ordering: .relaxed) }
                try await Self.wait { tally.answered.load(ordering: .relaxed) > 200 }
                #expect(await old.stop() == 0)
                let answeredByOld = tally.answered.load(ordering: .relaxed)
                let new = try await ServeProcess.start(
                    like: server, settings: ["ACCORD_PORT": "\(old.port)"], in: folder)
                try await Self.wait { tally.answered.load(ordering: .relaxed) > answeredByOld + 200 }
                tally.isOver.store(true, ordering: .relaxed)
                try await group.waitForAll()
                #expect(await new.stop() == 0)
            }
            #expect(tally.lost.withLock { $0 } == [])
            // Not lost to a client that knows that the connection may end, but it should not even come to that.
            #expect(tally.closed.load(ordering: .relaxed) == 0)
        }
    }

    // MARK: - One connection

    @Test func `an idle connection is answered once more, and says that it ends`() async throws {
        let server = try TestServer.current
        let request = Self.request(try server.token())
        try await withPrivateFolder { folder async throws in
            for _ in 1...5 {
                let serve = try await ServeProcess.start(like: server, in: folder)
                let port = serve.port
                let connection = try #require(await onThread { RawConnection(port: port) })
                let first = await onThread {
                    connection.send(request)
                    return connection.receive()
                }
                guard case .answered(let answer) = first else { throw ServeProcess.Unexpected(first) }
                #expect(!answer.isLast)

                let start = ContinuousClock.now
                serve.process.send(SIGTERM)
                // Idle until the server doesn't listen any more, and then still.
                try await Self.waitForStop(serve)
                let (last, time) = await onThread {
                    connection.send(request)
                    let time = ContinuousClock.now - start
                    return (connection.receive(), time)
                }
                guard time < .milliseconds(1_500) else {
                    // What comes as late as that need not be answered.
                    _ = await serve.process.waitForEnd()
                    continue
                }
                guard case .answered(let answer) = last else { throw ServeProcess.Unexpected(last) }
                #expect(answer.status == 200)
                #expect(answer.isLast)
                #expect(await onThread { connection.isClosed() })
                #expect(await serve.process.waitForEnd() == 0)
                return
            }
            Issue.record("The request came too late each time.")
        }
    }

    @Test func `an idle connection on which nothing comes is closed, and the server ends long before its time`()
        async throws
    {
        let server = try TestServer.current
        try await withPrivateFolder { folder async throws in
            let serve = try await ServeProcess.start(
                like: server, settings: ["ACCORD_SHUTDOWN_SECONDS": "600"], in: folder)
            let port = serve.port
            let connection = try #require(await onThread { RawConnection(port: port) })
            // Seen by the server, since a later one is.
            #expect(try await HTTPTestClient(url: serve.url).get("/health/live").status == 200)
            serve.process.send(SIGTERM)
            #expect(await onThread { connection.isClosed() })
            #expect(await serve.process.waitForEnd() == 0)
        }
    }

    // MARK: - Requests that take long

    @Test func `a request that runs is finished, and its answer is the last`() async throws {
        let server = try TestServer.current
        let request = Self.request(try server.token())
        try await withPrivateFolder { folder async throws in
            let serve = try await ServeProcess.start(like: server, in: folder)
            let port = serve.port
            let connection = try #require(await onThread { RawConnection(port: port) })
            try await server.withBlockedConnections { waiting async throws in
                connection.send(request)
                try await Self.wait { try await waiting() == 1 }
                serve.process.send(SIGTERM)
                try await Self.waitForStop(serve)
            }
            let outcome = await onThread { connection.receive() }
            guard case .answered(let answer) = outcome else { throw ServeProcess.Unexpected(outcome) }
            #expect(answer.status == 200)
            #expect(answer.isLast)
            #expect(String(decoding: answer.body, as: UTF8.self).contains("Keystone Electric"))
            #expect(await serve.process.waitForEnd() == 0)
        }
    }

    /// An upload whose file is still on its way, and is not wanted yet.
    private static func upload(_ server: TestServer) throws -> [UInt8] {
        let body = MultipartBody.upload(
            operations: TestServer.uploadOperations(try server.organization("Cobalt Fasteners")),
            fileName: #"filename="a.pdf""#, TestFile.pdf("a.pdf").bytes)
        let head = """
            POST /graphql HTTP/1.1\r
            Host: accord\r
            Authorization: Bearer \(try server.token())\r
            Content-Type: \(body.contentType)\r
            Content-Length: \(body.bytes.count)\r
            \r\n
            """
        return Array(head.utf8) + body.bytes.dropLast(20)
    }

    @Test(arguments: [false, true])
    func `a request that runs beyond the time is given up with an answer, and its statement ends`(
        _ isUpload: Bool
    ) async throws {
        let server = try TestServer.current
        let request = try isUpload ? Self.upload(server) : Self.request(server.token())
        try await withPrivateFolder { folder async throws in
            for _ in 1...5 {
                let serve = try await ServeProcess.start(
                    like: server, settings: ["ACCORD_SHUTDOWN_SECONDS": "1"], in: folder)
                let port = serve.port
                let connection = try #require(await onThread { RawConnection(port: port) })
                let isInTime = try await server.withBlockedConnections { waiting async throws in
                    connection.send(request)
                    try await Self.wait { try await waiting() == 1 }
                    let start = ContinuousClock.now
                    serve.process.send(SIGTERM)
                    let outcome = await onThread { connection.receive() }
                    let time = ContinuousClock.now - start
                    let exitStatus = await serve.process.waitForEnd()
                    // A second after its time a server that stalled has been cut off.
                    guard time < .milliseconds(1_800) else { return false }
                    guard case .answered(let answer) = outcome else { throw ServeProcess.Unexpected(outcome) }
                    #expect(answer.status == 503)
                    #expect(answer.isLast)
                    let errors = GraphQLAnswer(status: answer.status, body: answer.body).errors
                    #expect(errors.map(\.extensions.code) == ["TIMEOUT"])
                    #expect(errors.map(\.message) == ["The server is being stopped, and this was given up."])
                    #expect(exitStatus == 0)
                    // The table is still locked: nothing but a cancelled statement has gone.
                    #expect(try await waiting() == 0)
                    return true
                }
                if isInTime { return }
            }
            Issue.record("The outcome came too late each time.")
        }
    }

    @Test(arguments: [0, 1])
    func `a request that is still arriving is cut off when the time is over`(_ seconds: Int) async throws {
        let server = try TestServer.current
        let request = Self.request(try server.token())
        try await withPrivateFolder { folder async throws in
            let serve = try await ServeProcess.start(
                like: server, settings: ["ACCORD_SHUTDOWN_SECONDS": "\(seconds)"], in: folder)
            let port = serve.port
            let connection = try #require(await onThread { RawConnection(port: port) })
            await onThread { connection.send(request.dropLast(1)) }
            // Seen by the server, since a later request is.
            #expect(try await HTTPTestClient(url: serve.url).get("/health/live").status == 200)
            #expect(await serve.stop() == 0)
            let outcome = await onThread { connection.receive() }
            guard case .closed = outcome else { throw ServeProcess.Unexpected(outcome) }
        }
    }

    /// Waits until a server that was asked to stop doesn't listen any more.
    private static func waitForStop(_ serve: ServeProcess) async throws {
        let port = String(serve.port, radix: 16, uppercase: true)
        // One that is listened at is in state 0A. Connecting would take longer than the server waits.
        try await wait {
            try !String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
                .contains(try Regex(":\(String(repeating: "0", count: 4 - port.count))\(port) 00000000:0000 0A"))
        }
    }

    /// Waits until something is so.
    private static func wait(_ isSo: () async throws -> Bool) async throws {
        while try await !isSo() { try await Task.sleep(for: .milliseconds(5)) }
    }
}

extension ServeProcess {
    fileprivate struct Unexpected: Error, CustomStringConvertible {
        let description: String

        init(_ outcome: RawConnection.Outcome) {
            description = "\(outcome)"
        }
    }
}
