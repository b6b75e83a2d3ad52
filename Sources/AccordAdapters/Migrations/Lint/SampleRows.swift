import PostgreSQL

/// Rows made up for tables, so that a migration is tried on top of data.
///
/// A table gets two rows. Where nothing forbids it, they have equal values, and the second has nulls: so a constraint
/// that existing data may break is broken.
struct SampleRows {
    let connection: PostgreSQLConnection

    private struct Column {
        let name: String
        /// As PostgreSQL spells it, without a length.
        let type: String
        let isNullable: Bool
        let isUnique: Bool
        /// The text constants in the column's checks: most often the values that it may have.
        let constants: [String]
        /// An SQL name of the table that the column leads to, and one of the column there.
        let target: (table: String, column: String)?
        /// A label of the column's enum type.
        let label: String?
    }

    /// Fills the tables that have no rows.
    ///
    /// - Returns: the tables that no row could be made up for.
    func fill() async throws -> [String] {
        var waiting = try await tables()
        var isProgressing = true
        // Tables that others lead to come first; the order is found by trying.
        while isProgressing, !waiting.isEmpty {
            isProgressing = false
            for table in waiting where try await fill(table) {
                waiting.removeAll { $0 == table }
                isProgressing = true
            }
        }
        return waiting
    }

    /// Empties the tables.
    func clear() async throws {
        let tables = try await tables()
        if !tables.isEmpty { try await connection.executeScript("TRUNCATE \(tables.joined(separator: ", ")) CASCADE") }
    }

    /// SQL names of the tables that migrations have made.
    private func tables() async throws -> [String] {
        try await connection.query(
            """
            SELECT format('%I.%I', nspname, relname) FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE relkind IN ('r', 'p') AND NOT relispartition AND nspname !~ '^pg_' AND nspname <> 'information_schema'
                AND relname NOT IN ('alembic_version', 'schema_migrations')
            ORDER BY 1
            """, []
        ).map { try $0.decode(String.self, 0) }
    }

    /// - Returns: whether the table has a row now.
    private func fill(_ table: String) async throws -> Bool {
        let exists = PreparedStatement("SELECT 1 FROM \(table) LIMIT 1")
        guard try await connection.query(exists, []).isEmpty else { return true }
        let columns = try await columns(of: table)
        for row in 0..<2 {
            let names = columns.map { SQLText.name($0.name) }.joined(separator: ", ")
            let values = columns.enumerated().map { value(of: $1, $0, row: row) }.joined(separator: ", ")
            let insert = names.isEmpty ? "DEFAULT VALUES" : "(\(names)) VALUES (\(values))"
            do throws(PostgreSQLError) {
                try await connection.executeScript("INSERT INTO \(table) \(insert)")
            } catch {
                guard case .server = error else { throw error }
            }
        }
        return try await !connection.query(exists, []).isEmpty
    }

    private func value(of column: Column, _ index: Int, row: Int) -> String {
        if row > 0, column.isNullable { return "NULL" }
        if let target = column.target {
            // Columns that lead to the same table get different rows of it.
            return "(SELECT \(target.column) FROM \(target.table) ORDER BY 1 OFFSET \((index + row) % 2) LIMIT 1)"
        }
        if let label = column.label { return SQLText.text(label) }
        if !column.constants.isEmpty { return SQLText.text(column.constants[row % column.constants.count]) }
        let number = column.isUnique ? row + 1 : 1
        return switch column.type {
        case "uuid": "'00000000-0000-4000-8000-00000000000\(number)'"
        case "boolean": "true"
        case "json", "jsonb": "'{}'"
        case "interval": "'\(number) days'"
        case "date", "timestamp with time zone", "timestamp without time zone": "'2020-01-0\(number)'"
        case "time with time zone", "time without time zone": "'0\(number):00'"
        case "inet", "cidr": "'127.0.0.\(number)'"
        case let type where type.hasSuffix("[]"): "'{}'"
        default: "'\(number)'"
        }
    }

    private func columns(of table: String) async throws -> [Column] {
        try await connection.query(
            """
            SELECT attname::text, format_type(atttypid, NULL), NOT attnotnull,
                EXISTS (SELECT FROM pg_index WHERE indrelid = attrelid AND indisunique AND attnum = ANY (indkey)),
                array_to_string(ARRAY(
                    SELECT matches[1] FROM pg_constraint,
                        regexp_matches(pg_get_constraintdef(pg_constraint.oid), '''([^'']*)''::', 'g') AS matches
                    WHERE conrelid = attrelid AND contype = 'c' AND conkey = ARRAY[attnum]
                ), chr(10)),
                foreign_keys.table_name, foreign_keys.column_name,
                (SELECT enumlabel::text FROM pg_enum WHERE enumtypid = atttypid ORDER BY enumsortorder LIMIT 1)
            FROM pg_attribute LEFT JOIN LATERAL (
                SELECT format('%I.%I', nspname, relname) AS table_name, quote_ident(target.attname) AS column_name
                FROM pg_constraint CROSS JOIN unnest(conkey, confkey) AS pairs (source, target)
                    JOIN pg_class ON pg_class.oid = confrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
                    JOIN pg_attribute target ON target.attrelid = confrelid AND target.attnum = pairs.target
                WHERE contype = 'f' AND conrelid = pg_attribute.attrelid AND pairs.source = pg_attribute.attnum
                LIMIT 1
            ) AS foreign_keys ON true
            WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped
                AND attidentity = '' AND attgenerated = ''
                AND (NOT atthasdef OR NOT attnotnull)
            ORDER BY attnum
            """, [.text(table)]
        ).map { row in
            var target: (table: String, column: String)?
            if let table = try row.decode(String?.self, 5), let column = try row.decode(String?.self, 6) {
                target = (table, column)
            }
            return Column(
                name: try row.decode(String.self, 0), type: try row.decode(String.self, 1),
                isNullable: try row.decode(Bool.self, 2), isUnique: try row.decode(Bool.self, 3),
                constants: try row.decode(String.self, 4).split(separator: "\n").map(String.init),
                target: target,
                label: try row.decode(String?.self, 7))
        }
    }
}
