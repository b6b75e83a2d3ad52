import AccordDevelopment
import Foundation
import Logging
import PostgreSQL
import Testing
import TestSupport

/// What happens when the server, or a session of it, goes away.
@Suite(.serialized, .timeLimit(.minutes(5))) struct RecoveryTests {
    private static let pid: PreparedStatement = "SELECT pg_backend_pid()"

    private func terminate(_ backend: Int?) async throws {
        let backend = try #require(backend)
        try await TestCluster.shared.cluster.administer(["SELECT pg_terminate_backend(\(backend), 5000)"])
    }

    @Test func `a pooled connection whose backend was killed is replaced unnoticed`() async throws {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1)) { pool, endpoint in
            for _ in 1...5 {
                let backend = try await pool.withConnection(to: endpoint) {
                    try await value(Int.self, of: Self.pid, on: $0)
                }
                try await terminate(backend)
                let next = try await pool.withTransaction(on: endpoint) {
                    try await value(Int.self, of: Self.pid, on: $0)
                }
                #expect(next != backend)
            }
        }
    }

    @Test func `a backend killed after the connection was lent but before its first use is replaced too`() async throws
    {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1)) { pool, endpoint in
            let backend = try await pool.withConnection(to: endpoint) {
                try await value(Int.self, of: Self.pid, on: $0)
            }
            try await pool.withConnection(to: endpoint) { connection in
                try await terminate(backend)
                #expect(try await value(Int.self, of: Self.pid, on: connection) != backend)
            }
        }
    }

    @Test func `a statement whose backend is killed fails as lost, and the pool goes on`() async throws {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1)) { pool, endpoint in
            let error = try await failure {
                try await pool.withConnection(to: endpoint) { connection in
                    let backend = try await value(Int.self, of: Self.pid, on: connection)
                    let asleep = "FROM pg_stat_activity WHERE pid = \(backend ?? 0) AND wait_event = 'PgSleep'"
                    let killing = Task {
                        let cluster = try await TestCluster.shared.cluster
                        while try await cluster.administer(["SELECT count(*) \(asleep)"]) != "1\n" {
                            try await Task.sleep(for: .milliseconds(20))
                        }
                        try await terminate(backend)
                    }
                    defer { killing.cancel() }
                    try await connection.execute("SELECT pg_sleep(60)")
                }
            }
            let reason = "terminating connection due to administrator command (SQLSTATE 57P01)"
            #expect(error == .connectionLost(reason))
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT 1").count } == 1)
        }
    }

    @Test func `a transaction whose backend is killed fails as lost, and the pool goes on`() async throws {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1)) { pool, endpoint in
            let error = try await failure {
                try await pool.withTransaction(on: endpoint) { connection in
                    try await terminate(try await value(Int.self, of: Self.pid, on: connection))
                }
            }
            guard case .connectionLost = error else { throw try #require(error) }
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT 1").count } == 1)
        }
    }

    @Test func `a table altered under a prepared statement is prepared for anew`() async throws {
        let scenery = "CREATE TABLE s.t (id int); INSERT INTO s.t VALUES (1)"
        let select: PreparedStatement = "SELECT * FROM s.t"
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1), scenery: scenery) { pool, endpoint in
            let cluster = try await TestCluster.shared.cluster
            let alter = "ALTER TABLE s.t ADD COLUMN more text DEFAULT 'more'"
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query(select).count } == 1)
            try await cluster.administer([alter], in: endpoint.database)
            let more = try await pool.withConnection(to: endpoint) { connection in
                try await connection.query(select).first?.decode(String.self, "more")
            }
            #expect(more == "more")
        }
    }

    @Test func `a server that restarts is found again`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-restart-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var cluster = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
        try await cluster.createRole("app", password: "app")
        let endpoint = try PostgreSQLEndpoint(url: cluster.url(database: "postgres", role: "app", password: "app"))
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 4), logger: Logger(label: "test"))

        func askFourAtOnce() async throws -> Int {
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        try await pool.withConnection(to: endpoint) {
                            try await $0.query("SELECT pg_sleep(0.05)").count
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
        }
        #expect(try await askFourAtOnce() == 4)
        await cluster.stop()
        let down = try await failure { _ = try await askFourAtOnce() }
        guard case .connectionFailed(let reason) = down else { throw try #require(down) }
        #expect(
            reason.hasSuffix(
                "failed: Connection refused Is the server running on that host and accepting TCP/IP connections?"))

        cluster = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
        #expect(
            try PostgreSQLEndpoint(url: cluster.url(database: "postgres", role: "app", password: "app")) == endpoint)
        #expect(try await askFourAtOnce() == 4)
        await pool.close()
        await cluster.stop()
    }
}
