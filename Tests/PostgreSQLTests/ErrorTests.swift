import Foundation
import PostgreSQL
import Testing

@Suite(.serialized, .timeLimit(.minutes(5))) struct ErrorTests {
    private static let scenery = """
        CREATE TABLE s.parents (id int PRIMARY KEY);
        CREATE TABLE s.children (
            id int NOT NULL, name text CONSTRAINT short CHECK (length(name) < 5),
            parent int CONSTRAINT has_parent REFERENCES s.parents
        );
        INSERT INTO s.parents VALUES (1);
        """

    @Test func `an error carries its SQLSTATE, and the connection goes on`() async throws {
        let cases: [(PreparedStatement, SQLState)] = [
            ("INSERT INTO s.parents VALUES (1)", .uniqueViolation),
            ("INSERT INTO s.children VALUES (NULL)", .notNullViolation),
            ("INSERT INTO s.children VALUES (1, 'toolong')", .checkViolation),
            ("INSERT INTO s.children VALUES (1, 'x', 2)", .foreignKeyViolation),
            ("SELEC 1", .syntaxError),
            ("SELECT * FROM s.nowhere", .undefinedTable),
            ("SELECT nothing FROM s.parents", .undefinedColumn),
            ("SELECT 'x'::uuid", .invalidTextRepresentation),
            ("SELECT 1/0", SQLState(rawValue: "22012")),
            ("CREATE TABLE s.mine (id int)", .insufficientPrivilege),
            ("SELECT * FROM pg_authid", .insufficientPrivilege),
        ]
        try await withPool(scenery: Self.scenery) { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let backend = try await value(Int.self, of: "SELECT pg_backend_pid()", on: connection)
                for (statement, state) in cases {
                    let error = try await failure { try await connection.execute(statement) }
                    #expect(error?.sqlState == state, "\(statement.text)")
                }
                #expect(try await value(Int.self, of: "SELECT pg_backend_pid()", on: connection) == backend)
            }
        }
    }

    @Test func `a violation names its constraint, table and values`() async throws {
        try await withPool(scenery: Self.scenery) { pool, endpoint in
            let error = try await failure {
                try await pool.withConnection(to: endpoint) { connection in
                    _ = try await connection.execute("INSERT INTO s.parents VALUES (1)")
                }
            }
            let expected = ServerError(
                sqlState: .uniqueViolation,
                message: #"duplicate key value violates unique constraint "parents_pkey""#,
                detail: "Key (id)=(1) already exists.",
                constraint: "parents_pkey",
                schema: "s",
                table: "parents",
                sourceFunction: "_bt_check_unique"
            )
            #expect(error == .server(expected))
        }
    }

    @Test func `a zero in a text and a wrong number of parameters are refused by the server`() async throws {
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let zero = try await failure { try await connection.execute("SELECT $1::text", ["a\0b"]) }
                #expect(zero?.sqlState == .characterNotInRepertoire)
                let tooFew = try await failure { try await connection.execute("SELECT $1::text, $2::text", ["a"]) }
                #expect(tooFew?.sqlState == SQLState(rawValue: "08P01"))
                #expect(try await value(String.self, of: "SELECT $1::text", ["a"], on: connection) == "a")
            }
        }
    }

    @Test func `a script stops at its first error, undone`() async throws {
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let error = try await failure {
                    try await connection.executeScript("CREATE TEMPORARY TABLE t (id int); SELECT 1/0; SELECT nonsense")
                }
                #expect(error?.sqlState == SQLState(rawValue: "22012"))
                let gone = try await failure { try await connection.execute("SELECT * FROM t") }
                #expect(gone?.sqlState == .undefinedTable)
                try await connection.executeScript("")
                try await connection.executeScript("SELECT 1; SELECT 2; -- and no more")
            }
        }
    }

    @Test func `COPY from the client ends in an error and blocks nobody`() async throws {
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let copyIn = try await failure {
                    try await connection.executeScript("CREATE TEMPORARY TABLE t (id int); COPY t FROM STDIN")
                }
                #expect(copyIn?.sqlState == .queryCanceled)
                #expect(try await value(Int.self, of: "SELECT 1", on: connection) == 1)
                let copyOut = try await failure { try await connection.executeScript("COPY (SELECT 1) TO STDOUT") }
                #expect(copyOut == .connectionLost("COPY is not supported here"))
            }
            #expect(try await pool.withConnection(to: endpoint) { try await $0.query("SELECT 1").count } == 1)
        }
    }

    @Test func `a statement that takes too long is ended by the server`() async throws {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 1, statementTimeout: .seconds(1))
        try await withPool(configuration) { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let error = try await failure { try await connection.execute("SELECT pg_sleep(30)") }
                #expect(error?.sqlState == .queryCanceled)
                #expect(try await value(Int.self, of: "SELECT 1", on: connection) == 1)
            }
        }
    }

    @Test func `notices are passed over`() async throws {
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                try await connection.executeScript("DO $$ BEGIN RAISE NOTICE 'hello'; RAISE WARNING 'look'; END $$")
                #expect(try await value(Int.self, of: "SELECT 1", on: connection) == 1)
            }
        }
    }
}
