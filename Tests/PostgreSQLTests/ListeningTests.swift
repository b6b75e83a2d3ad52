import AccordDevelopment
import Foundation
import PostgreSQL
import Synchronization
import Testing
import TestSupport

/// `LISTEN` and `NOTIFY`.
@Suite(.serialized, .timeLimit(.minutes(2))) struct ListeningTests {
    /// What was notified so far.
    private final class Heard: Sendable {
        private let notifications = Mutex<[PostgreSQLNotification]>([])

        var payloads: [String] { notifications.withLock { $0.map(\.payload) } }

        var channels: Set<String> { notifications.withLock { Set($0.map(\.channel)) } }

        func hear(_ notification: PostgreSQLNotification) { notifications.withLock { $0.append(notification) } }
    }

    private static let one = PostgreSQLPoolConfiguration(maximumConnections: 1)

    @Test func `what was committed before a statement is heard before its answer, in the order of the commits`()
        async throws
    {
        try await withPool(Self.one) { pool, endpoint in
            let heard = Heard()
            try await pool.withListening(
                to: ["a", "b"], of: endpoint, answerTimeout: .seconds(60), onNotification: heard.hear
            ) { connection in
                for number in 1...200 {
                    // The pool's one connection is still there to be lent.
                    try await pool.withTransaction(on: endpoint) { connection in
                        _ = try await connection.execute(
                            "SELECT pg_notify($1, $2), pg_notify('c', 'unheard')",
                            [.text(number.isMultiple(of: 2) ? "a" : "b"), .text("\(number)")])
                    }
                    _ = try await connection.query("SELECT 1")
                    #expect(heard.payloads.count == number)
                }
            }
            #expect(heard.payloads == (1...200).map { "\($0)" })
            #expect(heard.channels == ["a", "b"])
            try await pool.withConnection(to: endpoint) { connection in
                _ = try await connection.execute("SELECT pg_notify('a', 'late')")
            }
            #expect(heard.payloads.count == 200)
        }
    }

    @Test func `notifications are heard while nothing is asked, many at a time`() async throws {
        try await withPool(Self.one) { pool, endpoint in
            let heard = Heard()
            try await pool.withListening(
                to: ["a"], of: endpoint, answerTimeout: .seconds(60), onNotification: heard.hear
            ) { _ in
                try await pool.withConnection(to: endpoint) { connection in
                    _ = try await connection.execute(
                        "SELECT pg_notify('a', i || repeat('x', 1000)) FROM generate_series(1, 5000) AS i")
                }
                while heard.payloads.count < 5_000 { try await Task.sleep(for: .milliseconds(5)) }
            }
        }
    }

    @Test func `a connection that is lost, or doesn't answer in time, says so at the next statement`() async throws {
        try await withPool(Self.one) { pool, endpoint in
            func listening(_ body: (PostgreSQLConnection) async throws -> Void) async throws -> PostgreSQLError? {
                try await failure {
                    try await pool.withListening(
                        to: ["a"], of: endpoint, answerTimeout: .milliseconds(300), onNotification: { _ in }, body)
                }
            }
            let killed = try await listening { connection in
                let backend = try await value(Int.self, of: "SELECT pg_backend_pid()", on: connection)
                try await TestCluster.shared.cluster.administer(["SELECT pg_terminate_backend(\(backend ?? 0), 5000)"])
                _ = try await connection.query("SELECT 1")
            }
            guard case .connectionLost = killed else { throw try #require(killed) }
            let start = ContinuousClock.now
            let silent = try await listening { _ = try await $0.query("SELECT pg_sleep(60)") }
            #expect(silent == .connectionLost("the server did not answer in time"))
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    /// A pooler answers its clients itself, and makes up what it says about the process that serves them.
    @Test func `a pooler in between is refused`() async throws {
        let port = try await TestCluster.shared.cluster.port
        let pooler = try ScriptedServer { channel in
            guard let server = RawConnection(port: port) else { return }
            Thread.detachNewThread {
                while case let bytes = channel.read(atMost: 4_096), !bytes.isEmpty { server.send(bytes) }
            }
            // PostgreSQL: BackendKeyData, whose length is 12 and whose first four bytes are the process.
            let head: [UInt8] = [UInt8(ascii: "K"), 0, 0, 0, 12]
            while case var bytes = server.read(), !bytes.isEmpty {
                if let found = bytes.firstRange(of: head) { bytes[found.upperBound + 3] ^= 1 }
                channel.write(bytes)
            }
        }
        try await withPool(Self.one) { pool, endpoint in
            let pooled = try PostgreSQLEndpoint(url: endpoint.url.replacing(":\(port)/", with: ":\(pooler.port)/"))
            let error = try await failure {
                try await pool.withListening(
                    to: ["a"], of: pooled, answerTimeout: .seconds(60), onNotification: { _ in }, { _ in })
            }
            #expect(
                error
                    == .connectionFailed("a pooler is in between, through which notifications may get lost"))
            #expect(try await pool.withConnection(to: pooled) { try await $0.query("SELECT 1").count } == 1)
        }
        withExtendedLifetime(pooler) {}
    }
}
