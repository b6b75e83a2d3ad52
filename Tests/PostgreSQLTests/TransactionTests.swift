import PostgreSQL
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct TransactionTests {
    private static let scenery = "CREATE TABLE s.t (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)"
    private static let insert: PreparedStatement = "INSERT INTO s.t VALUES ($1)"

    private struct Refusal: Error {}

    private func ids(_ pool: PostgreSQLPool, _ endpoint: PostgreSQLEndpoint) async throws -> [Int] {
        try await pool.withConnection(to: endpoint) { connection in
            try await connection.query("SELECT id FROM s.t ORDER BY id").map { try $0.decode(Int.self, 0) }
        }
    }

    @Test func `what the closure did is committed when it returns`() async throws {
        try await withPool(scenery: Self.scenery) { pool, endpoint in
            let count = try await pool.withTransaction(on: endpoint) { connection in
                try await connection.execute(Self.insert, [1]) + connection.execute(Self.insert, [2])
            }
            #expect(count == 2)
            #expect(try await ids(pool, endpoint) == [1, 2])
        }
    }

    @Test func `what the closure did is rolled back when it throws, and the connection is used again`() async throws {
        try await withPool(
            PostgreSQLPoolConfiguration(maximumConnections: 1), scenery: Self.scenery
        ) { pool, endpoint in
            let pid: PreparedStatement = "SELECT pg_backend_pid()"
            var backend: Int?
            await #expect(throws: Refusal.self) {
                try await pool.withTransaction(on: endpoint) { connection in
                    backend = try await value(Int.self, of: pid, on: connection)
                    try await connection.execute(Self.insert, [1])
                    throw Refusal()
                }
            }
            #expect(try await ids(pool, endpoint) == [])
            let next = try await pool.withConnection(to: endpoint) { try await value(Int.self, of: pid, on: $0) }
            #expect(next == backend)
        }
    }

    @Test func `a failed statement whose error was swallowed fails the transaction`() async throws {
        try await withPool(scenery: Self.scenery) { pool, endpoint in
            let error = try await failure {
                try await pool.withTransaction(on: endpoint) { connection in
                    try await connection.execute(Self.insert, [1])
                    _ = try? await connection.execute("SELECT 1/0")
                }
            }
            #expect(error?.sqlState == .inFailedSQLTransaction)
            #expect(try await ids(pool, endpoint) == [])
        }
    }

    @Test func `a constraint checked at the COMMIT is thrown by the COMMIT`() async throws {
        try await withPool(scenery: Self.scenery) { pool, endpoint in
            let error = try await failure {
                try await pool.withTransaction(on: endpoint) { connection in
                    try await connection.execute(Self.insert, [1])
                    try await connection.execute(Self.insert, [1])
                }
            }
            #expect(error?.sqlState == .uniqueViolation)
            #expect(try await ids(pool, endpoint) == [])
        }
    }

    @Test(arguments: [
        (IsolationLevel.readCommitted, "read committed"), (.repeatableRead, "repeatable read"),
        (.serializable, "serializable"),
    ])
    func `a transaction has the isolation that was asked for`(level: IsolationLevel, name: String) async throws {
        try await withPool { pool, endpoint in
            let shown = try await pool.withTransaction(on: endpoint, isolation: level) { connection in
                try await value(String.self, of: "SELECT current_setting('transaction_isolation')", on: connection)
            }
            #expect(shown == name)
        }
    }

    @Test func `a task cancelled within a transaction rolls it back`() async throws {
        try await withPool(
            PostgreSQLPoolConfiguration(maximumConnections: 1), scenery: Self.scenery
        ) { pool, endpoint in
            let task = Task {
                try await pool.withTransaction(on: endpoint) { connection in
                    try await connection.execute(Self.insert, [1])
                    cancelThisTask()
                }
            }
            let error = try await failure { try await task.value }
            #expect(error == .cancelled)
            #expect(try await ids(pool, endpoint) == [])
        }
    }

    @Test func `a connection left in a transaction is not lent again`() async throws {
        try await withPool(PostgreSQLPoolConfiguration(maximumConnections: 1)) { pool, endpoint in
            var backends: Set<Int?> = []
            for _ in 1...2 {
                try await pool.withConnection(to: endpoint) { connection in
                    try await connection.executeScript("BEGIN")
                    backends.insert(try await value(Int.self, of: "SELECT pg_backend_pid()", on: connection))
                }
            }
            #expect(backends.count == 2)
        }
    }
}
