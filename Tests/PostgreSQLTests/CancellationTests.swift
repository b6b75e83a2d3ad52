import PostgreSQL
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct CancellationTests {
    private static let one = PostgreSQLPoolConfiguration(maximumConnections: 1)
    private static let pid: PreparedStatement = "SELECT pg_backend_pid()"

    @Test func `cancelling a task ends its statement at once, and the connection goes on`() async throws {
        try await withPool(Self.one) { pool, endpoint in
            let backend = try await pool.withConnection(to: endpoint) {
                try await value(Int.self, of: Self.pid, on: $0)
            }
            let clock = ContinuousClock()
            var late = 0
            // The shortest waits send the cancel request before the server has the statement.
            for wait in [0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 5, 50, 200] {
                let task = Task {
                    try await pool.withConnection(to: endpoint) { try await $0.execute("SELECT pg_sleep(60)") }
                }
                try await Task.sleep(for: .milliseconds(wait))
                let start = clock.now
                task.cancel()
                let error = try await failure { _ = try await task.value }
                #expect(error == .cancelled)
                let time = clock.now - start
                #expect(time < .seconds(20))
                if time > .seconds(4) { late += 1 }
            }
            // A machine may stall now and then. A server that doesn't obey for five seconds loses the connection.
            #expect(late < 4)
            let next = try await pool.withConnection(to: endpoint) { try await value(Int.self, of: Self.pid, on: $0) }
            #expect(next == backend || late > 0)
        }
    }

    @Test func `a cancel request never hits the next statement`() async throws {
        // A cancel request that comes late hits whatever runs then. Hundreds of statements that end just as they are
        // cancelled give it the chance.
        try await withPool(Self.one) { pool, endpoint in
            for round in 0..<300 {
                let task = Task {
                    try await pool.withConnection(to: endpoint) { try await $0.execute("SELECT pg_sleep(0.001)") }
                }
                try await Task.sleep(for: .microseconds(Int64(round) * 10))
                task.cancel()
                _ = try await failure { _ = try await task.value }
                let error = try await failure {
                    try await pool.withConnection(to: endpoint) { _ = try await $0.execute("SELECT pg_sleep(0.0005)") }
                }
                #expect(error == nil)
            }
        }
    }

    @Test func `a task that is cancelled already sends nothing`() async throws {
        try await withPool(Self.one) { pool, endpoint in
            let task = Task {
                cancelThisTask()
                try await pool.withConnection(to: endpoint) { _ in }
            }
            let error = try await failure { try await task.value }
            #expect(error == .cancelled)
            let inside = Task {
                try await pool.withConnection(to: endpoint) { connection in
                    cancelThisTask()
                    try await connection.execute("SELECT 1")
                }
            }
            let insideError = try await failure { _ = try await inside.value }
            #expect(insideError == .cancelled)
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT 1").count } == 1)
        }
    }

    @Test func `a task cancelled while it waits for a connection leaves the queue`() async throws {
        try await withPool(Self.one) { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let waiting = Task { try await pool.withConnection(to: endpoint) { _ in } }
                try await Task.sleep(for: .milliseconds(50))
                waiting.cancel()
                let error = try await failure { try await waiting.value }
                #expect(error == .cancelled)
                #expect(try await value(Int.self, of: "SELECT 1", on: connection) == 1)
            }
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT 1").count } == 1)
        }
    }

    @Test func `a statement cancelled within a transaction is rolled back, and the connection goes on`() async throws {
        try await withPool(Self.one, scenery: "CREATE TABLE s.t (id int)") { pool, endpoint in
            let task = Task {
                try await pool.withTransaction(on: endpoint) { connection in
                    try await connection.execute("INSERT INTO s.t VALUES (1)")
                    try await connection.execute("SELECT pg_sleep(60)")
                }
            }
            try await Task.sleep(for: .milliseconds(100))
            task.cancel()
            let error = try await failure { _ = try await task.value }
            #expect(error == .cancelled)
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT id FROM s.t").count } == 0)
        }
    }

    @Test func `cancelling while 10 MB are being sent leaves a usable pool`() async throws {
        let text = String(repeating: "0123456789", count: 1024 * 1024)
        try await withPool(Self.one) { pool, endpoint in
            for wait in [0, 1, 2, 4, 8, 16, 32] {
                let task = Task {
                    try await pool.withConnection(to: endpoint) {
                        _ = try await $0.query("SELECT $1::text", [.text(text)])
                    }
                }
                try await Task.sleep(for: .milliseconds(wait))
                task.cancel()
                _ = try await failure { try await task.value }
                #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT 1").count } == 1)
            }
        }
    }
}
