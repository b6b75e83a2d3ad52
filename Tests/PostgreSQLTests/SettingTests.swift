import AccordDevelopment
import PostgreSQL
import TestSupport
import Testing

/// Statements that run with a setting, as row-level security wants it.
@Suite(.serialized, .timeLimit(.minutes(5))) struct SettingTests {
    private static let scenery = """
        CREATE TABLE s.t (owner text, id int);
        INSERT INTO s.t VALUES ('a', 1), ('a', 2), ('b', 3);
        ALTER TABLE s.t ENABLE ROW LEVEL SECURITY;
        CREATE POLICY own ON s.t USING (owner = current_setting('test.owner', true))
        """
    private static let select: PreparedStatement = "SELECT id FROM s.t WHERE id > $1 ORDER BY id"
    private static let one = PostgreSQLPoolConfiguration(maximumConnections: 1)

    private func ids(_ owner: String, over id: Int = 0, on connection: PostgreSQLConnection) async throws -> [Int] {
        try await connection.query(Self.select, [.int(id)], with: ("test.owner", owner)).map {
            try $0.decode(Int.self, 0)
        }
    }

    @Test func `a statement sees what its setting lets it see, and the next one nothing`() async throws {
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            try await pool.withConnection(to: endpoint) { connection async throws in
                #expect(try await connection.query(Self.select, [0]).isEmpty)
                for _ in 1...2 {
                    #expect(try await ids("a", on: connection) == [1, 2])
                    #expect(try await ids("b", on: connection) == [3])
                    #expect(try await ids("a", over: 1, on: connection) == [2])
                    #expect(try await ids("nobody", on: connection) == [])
                    #expect(try await connection.query(Self.select, [0]).isEmpty)
                }
            }
            try await pool.withConnection(to: endpoint) { connection async throws in
                #expect(try await connection.query(Self.select, [0]).isEmpty)
            }
        }
    }

    @Test func `within a transaction, the setting stays to its end`() async throws {
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            try await pool.withTransaction(on: endpoint) { connection async throws in
                #expect(try await ids("a", on: connection) == [1, 2])
                #expect(try await connection.query(Self.select, [0]).count == 2)
            }
            try await pool.withConnection(to: endpoint) { connection async throws in
                #expect(try await connection.query(Self.select, [0]).isEmpty)
            }
        }
    }

    @Test(arguments: ["SELECT 1 / $1", "SELECT * FROM s.nothing WHERE $1 = 0"])
    func `a statement that fails says so, and the connection goes on`(_ text: String) async throws {
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            try await pool.withConnection(to: endpoint) { connection async throws in
                let error = try await failure {
                    _ = try await connection.query(PreparedStatement(text), [0], with: ("test.owner", "a"))
                }
                #expect(["22012", "42P01"].contains(error?.sqlState?.rawValue))
                #expect(try await ids("b", on: connection) == [3])
            }
        }
    }

    @Test func `a setting that can't be made runs nothing`() async throws {
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            try await pool.withConnection(to: endpoint) { connection async throws in
                let error = try await failure {
                    _ = try await connection.query(
                        "DELETE FROM s.t WHERE id > $1", [0], with: ("no_such_setting", "a"))
                }
                #expect(error?.sqlState?.rawValue == "42704")
                #expect(try await ids("a", on: connection) == [1, 2])
            }
        }
    }

    @Test func `a table that was altered meanwhile is no hindrance`() async throws {
        let all: PreparedStatement = "SELECT * FROM s.t WHERE id > $1"
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            try await pool.withConnection(to: endpoint) { connection async throws in
                #expect(try await connection.query(all, [0], with: ("test.owner", "a")).count == 2)
                let cluster = try await TestCluster.shared.cluster
                try await cluster.administer(["ALTER TABLE s.t ADD COLUMN more int"], in: endpoint.database)
                #expect(try await connection.query(all, [0], with: ("test.owner", "a")).count == 2)
            }
        }
    }

    @Test func `cancellation ends the statement, and the connection goes on`() async throws {
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            let start = ContinuousClock.now
            let task = Task {
                try await pool.withConnection(to: endpoint) { connection async throws in
                    _ = try await connection.query("SELECT pg_sleep($1)", [.int(600)], with: ("test.owner", "a"))
                }
            }
            try await Task.sleep(for: .milliseconds(300))
            task.cancel()
            await #expect(throws: PostgreSQLError.self) { try await task.value }
            #expect(.now - start < .seconds(60))
            try await pool.withConnection(to: endpoint) { connection async throws in
                #expect(try await ids("b", on: connection) == [3])
            }
        }
    }

    @Test func `a connection that ends under it is replaced`() async throws {
        try await withPool(Self.one, scenery: Self.scenery) { pool, endpoint async throws in
            let error = try await failure {
                try await pool.withConnection(to: endpoint) { connection async throws in
                    _ = try await connection.query(
                        "SELECT pg_terminate_backend(pg_backend_pid()), $1::int", [0], with: ("test.owner", "a"))
                }
            }
            guard case .connectionLost = error else { throw error ?? PostgreSQLError.cancelled }
            try await pool.withConnection(to: endpoint) { connection async throws in
                #expect(try await ids("b", on: connection) == [3])
            }
        }
    }
}
