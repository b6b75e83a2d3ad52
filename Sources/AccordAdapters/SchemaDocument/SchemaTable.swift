import PostgreSQL

/// A table as PostgreSQL's catalog knows it.
struct SchemaTable {
    struct Column {
        let name: String
        /// With PostgreSQL's short names: `timestamptz`, `varchar(500)`.
        let type: String
        let isNullable: Bool
        let defaultValue: String?
    }

    struct Constraint {
        let name: String
        /// One of `pg_constraint.contype`.
        let kind: String
        let definition: String
        let columns: [String]
        /// The table that a foreign key leads to.
        let target: String?
    }

    /// With its schema: `subscription.orgs`.
    let name: String
    let columns: [Column]
    let constraints: [Constraint]
    /// The definitions of the indexes that no constraint has made.
    let indexes: [String]

    /// The tables of a database, ordered by name.
    static func all(_ connection: PostgreSQLConnection) async throws -> [SchemaTable] {
        let columns = try await connection.query(
            """
            SELECT nspname || '.' || relname, attname::text, format_type(atttypid, atttypmod), NOT attnotnull,
                pg_get_expr(adbin, adrelid)
            FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
                LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
            WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
            ORDER BY 1, attnum
            """, []
        ).map { row in
            let type = try row.decode(String.self, 2)
            let column = Column(
                name: try row.decode(String.self, 1),
                type: type.replacing("timestamp with time zone", with: "timestamptz")
                    .replacing("character varying", with: "varchar"),
                isNullable: try row.decode(Bool.self, 3), defaultValue: try row.decode(String?.self, 4))
            return (table: try row.decode(String.self, 0), value: column)
        }
        let constraints = try await connection.query(
            """
            SELECT nspname || '.' || relname, conname::text, contype::text, pg_get_constraintdef(pg_constraint.oid),
                (SELECT string_agg(attname, ' ' ORDER BY attnum) FROM pg_attribute
                    WHERE attrelid = conrelid AND attnum = ANY (conkey)),
                (SELECT nspname || '.' || relname FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                    WHERE pg_class.oid = confrelid)
            FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE contype IN ('p', 'u', 'f', 'c', 'x')
            ORDER BY 1, array_position(ARRAY['p', 'u', 'f', 'c', 'x'], contype::text), 2
            """, []
        ).map { row in
            let constraint = Constraint(
                name: try row.decode(String.self, 1), kind: try row.decode(String.self, 2),
                definition: try row.decode(String.self, 3),
                columns: (try row.decode(String?.self, 4) ?? "").split(separator: " ").map(String.init),
                target: try row.decode(String?.self, 5))
            return (table: try row.decode(String.self, 0), value: constraint)
        }
        let indexes = try await connection.query(
            """
            SELECT nspname || '.' || relname, pg_get_indexdef(indexrelid)
            FROM pg_index JOIN pg_class ON pg_class.oid = indrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
            WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
            ORDER BY 1, 2
            """, []
        ).map { row in (table: try row.decode(String.self, 0), value: try row.decode(String.self, 1)) }

        var names: [String] = []
        for column in columns where names.last != column.table { names.append(column.table) }
        return names.map { name in
            SchemaTable(
                name: name, columns: columns.filter { $0.table == name }.map(\.value),
                constraints: constraints.filter { $0.table == name }.map(\.value),
                indexes: indexes.filter { $0.table == name }.map(\.value))
        }
    }
}
