import Foundation
import PostgreSQL
import Testing

/// Every type, from Swift to the server and back.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ValueTests {
    private static let uuid = UUID(uuidString: "9133DA7C-3B98-4673-91DC-0DC58CC8740C") ?? UUID()

    @Test func `the server reads each parameter as the value that was meant`() async throws {
        let cases: [(PreparedStatement, PostgreSQLParameter, String?)] = [
            ("SELECT ($1::uuid)::text", .uuid(Self.uuid), "9133da7c-3b98-4673-91dc-0dc58cc8740c"),
            ("SELECT $1::text", "Grüße, 世界 👩‍🚀", "Grüße, 世界 👩‍🚀"),
            ("SELECT $1::text", "", ""),
            ("SELECT ($1::int4)::text", .int32(.min), "-2147483648"),
            ("SELECT ($1::int8)::text", .int64(.max), "9223372036854775807"),
            ("SELECT ($1::int8)::text", 42, "42"),
            ("SELECT ($1::int8)::text", .int(-1), "-1"),
            ("SELECT ($1::float8)::text", .double(-0.1), "-0.1"),
            ("SELECT ($1::bool)::text", true, "true"),
            ("SELECT ($1::bool)::text", false, "false"),
            ("SELECT ($1::bytea)::text", .bytes([0, 1, 0xfe, 0xff]), #"\x0001feff"#),
            ("SELECT ($1::bytea)::text", .bytes([]), #"\x"#),
            ("SELECT ($1::uuid[])::text", .uuids([Self.uuid]), "{9133da7c-3b98-4673-91dc-0dc58cc8740c}"),
            ("SELECT ($1::uuid[])::text", .uuids([]), "{}"),
            ("SELECT ($1::text[])::text", .texts(["a", nil, "", "ü,", "null"]), #"{a,NULL,"","ü,","null"}"#),
            ("SELECT ($1::text[])::text", .texts([]), "{}"),
            ("SELECT ($1::text[])::text", .texts(["a", "", "ü\n,"]), #"{a,"","ü"# + "\n" + #","}"#),
            (
                "SELECT ($1::timestamptz AT TIME ZONE 'UTC')::text", .timestamp(Date(timeIntervalSince1970: 0)),
                "1970-01-01 00:00:00"
            ),
            (
                "SELECT ($1::timestamptz AT TIME ZONE 'UTC')::text",
                .timestamp(Date(timeIntervalSince1970: 1_700_000_000.123456)),
                "2023-11-14 22:13:20.123456"
            ),
            ("SELECT ($1::timestamptz)::text", .timestamp(Date(timeIntervalSince1970: .infinity)), "infinity"),
            ("SELECT ($1::int4)::text", nil, nil),
            ("SELECT ($1::uuid)::text", nil, nil),
        ]
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                for (statement, parameter, expected) in cases {
                    let text = try await connection.query(statement, [parameter]).first?.decode(String?.self, 0)
                    #expect(text == expected, "\(statement.text) with \(parameter)")
                }
            }
        }
    }

    @Test func `each column becomes the Swift value that was meant`() async throws {
        try await withPool { pool, endpoint in
            let rows = try await pool.withConnection(to: endpoint) { connection in
                try await connection.query(
                    """
                    SELECT '9133da7c-3b98-4673-91dc-0dc58cc8740c'::uuid AS uuid, 'Grüße, 世界 👩‍🚀'::text AS text,
                        'vc'::varchar(9) AS varchar, '{"a": 1}'::jsonb AS jsonb, (-2)::int2 AS int2, (-3)::int4 AS int4,
                        (-4)::int8 AS int8, 1.5::float4 AS float4, 0.1::float8 AS float8, true AS bool,
                        '\\x00ff'::bytea AS bytea, '2023-11-14 22:13:20.123456+00'::timestamptz AS timestamptz,
                        '1999-12-31 23:59:59.999999+00'::timestamptz AS before2000, 'x' AS literal, ''::text AS empty
                    """
                )
            }
            let row = try #require(rows.first)
            #expect(rows.count == 1)
            #expect(try row.decode(UUID.self, "uuid") == Self.uuid)
            #expect(try row.decode(UUID.self, 0) == Self.uuid)
            #expect(try row.decode(String.self, "text") == "Grüße, 世界 👩‍🚀")
            #expect(try row.decode(String.self, "varchar") == "vc")
            #expect(try row.decode(String.self, "jsonb") == #"{"a": 1}"#)
            #expect(try row.decode(Int.self, "int2") == -2)
            #expect(try row.decode(Int32.self, "int4") == -3)
            #expect(try row.decode(Int64.self, "int8") == -4)
            #expect(try row.decode(Int.self, "int8") == -4)
            #expect(try row.decode(Double.self, "float4") == 1.5)
            #expect(try row.decode(Double.self, "float8") == 0.1)
            #expect(try row.decode(Bool.self, "bool"))
            #expect(try row.decode([UInt8].self, "bytea") == [0, 0xff])
            let date = try row.decode(Date.self, "timestamptz")
            #expect((date.timeIntervalSince1970 * 1_000_000).rounded() == 1_700_000_000_123_456)
            let before2000 = try row.decode(Date.self, "before2000")
            #expect((before2000.timeIntervalSince1970 * 1_000_000).rounded() == 946_684_799_999_999)
            #expect(try row.decode(String.self, "literal") == "x")
            #expect(try row.decode(String?.self, "empty") == "")
        }
    }

    @Test func `a date comes back to the microsecond`() async throws {
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                for date in [Date(timeIntervalSince1970: 1_763_689_999.999999), .now, .distantPast, .distantFuture] {
                    let back = try await value(
                        Date.self, of: "SELECT $1::timestamptz", [.timestamp(date)], on: connection)
                    #expect(abs(try #require(back).timeIntervalSince(date)) < 0.000_001)
                }
            }
        }
    }

    @Test func `NULL is nil for an optional and an error otherwise`() async throws {
        try await withPool { pool, endpoint in
            let row = try #require(
                try await pool.withConnection(to: endpoint) { connection in
                    try await connection.query("SELECT NULL::uuid AS id, NULL::text AS name, 1::int4 AS number").first
                }
            )
            #expect(try row.decode(UUID?.self, "id") == nil)
            #expect(try row.decode(String?.self, 1) == nil)
            #expect(try row.decode(Int?.self, "number") == 1)
            #expect(throws: PostgreSQLError.decoding(#"column "id" is NULL"#)) { try row.decode(UUID.self, "id") }
        }
    }

    @Test func `another type, another column and a number too large are errors`() async throws {
        try await withPool { pool, endpoint in
            let row = try #require(
                try await pool.withConnection(to: endpoint) { connection in
                    try await connection.query(
                        "SELECT 1::int8 AS number, 3000000000::int8 AS large, 'infinity'::timestamptz AS never"
                    ).first
                }
            )
            #expect(throws: PostgreSQLError.decoding(#"column "number" of type 20 doesn't hold a String"#)) {
                try row.decode(String.self, "number")
            }
            #expect(throws: PostgreSQLError.decoding(#"column "large" of type 20 doesn't hold a Int32"#)) {
                try row.decode(Int32.self, "large")
            }
            #expect(throws: PostgreSQLError.decoding(#"column "never" of type 1184 doesn't hold a Date"#)) {
                try row.decode(Date?.self, "never")
            }
            #expect(throws: PostgreSQLError.decoding(#"there is no column "nmber""#)) {
                try row.decode(Int.self, "nmber")
            }
            #expect(throws: PostgreSQLError.decoding("there is no column 3 among 3")) { try row.decode(Int.self, 3) }
            #expect(throws: PostgreSQLError.decoding("there is no column -1 among 3")) { try row.decode(Int.self, -1) }
        }
    }

    @Test func `an enum made in the database is text`() async throws {
        try await withPool(scenery: "CREATE TYPE s.mood AS ENUM ('sad', 'glad')") { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let mood = try await value(String.self, of: "SELECT $1::text::s.mood", ["glad"], on: connection)
                #expect(mood == "glad")
            }
        }
    }

    @Test func `a text and a bytea of 10 MB go there and back`() async throws {
        let text = String(repeating: "0123456789abcdé\n", count: 10 * 1024 * 1024 / 17)
        let bytes = [UInt8](text.utf8)
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                let row = try #require(
                    try await connection.query("SELECT $1::text, $2::bytea", [.text(text), .bytes(bytes)]).first)
                #expect(try row.decode(String.self, 0) == text)
                #expect(try row.decode([UInt8].self, 1) == bytes)
            }
        }
    }

    @Test func `a statement tells how many rows it touched`() async throws {
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                try await connection.executeScript("CREATE TEMPORARY TABLE t (id uuid)")
                let ids = (1...3).map { _ in UUID() }
                let insert: PreparedStatement = "INSERT INTO t SELECT unnest($1::uuid[])"
                #expect(try await connection.execute(insert, [.uuids(ids)]) == 3)
                #expect(
                    try await connection.execute("DELETE FROM t WHERE id = ANY($1)", [.uuids([ids[0], UUID()])]) == 1)
                let rows = try await connection.query("SELECT id FROM t")
                let left = try rows.map { try $0.decode(UUID.self, "id") }
                #expect(Set(left) == Set(ids[1...]))
                #expect(try await connection.query("SELECT id FROM t WHERE false").isEmpty)
            }
        }
    }

    @Test func `a statement serves NULL and values of one type alike`() async throws {
        let statement: PreparedStatement = "INSERT INTO t (number) VALUES ($1) RETURNING number"
        try await withPool { pool, endpoint in
            try await pool.withConnection(to: endpoint) { connection in
                try await connection.executeScript("CREATE TEMPORARY TABLE t (number integer)")
                #expect(try await connection.query(statement, [nil]).first?.decode(Int?.self, 0) == .some(nil))
                #expect(try await connection.query(statement, [7]).first?.decode(Int?.self, 0) == 7)
                #expect(try await connection.query(statement, [.int32(8)]).first?.decode(Int?.self, 0) == 8)
            }
        }
    }
}
