import PostgreSQL

/// What other applications own in a tenant's database: all that lies outside of `connect` and `connect_*`.
struct ForeignObjects: Equatable {
    /// A line for each object, which changes with it.
    let lines: Set<String>

    /// Makes a table of the kind that another application keeps its own version in.
    static func plant(_ connection: PostgreSQLConnection) async throws {
        try await connection.executeScript(
            """
            CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY);
            INSERT INTO public.alembic_version VALUES ('another application''s');
            """)
    }

    /// Looks at what there is now.
    init(_ connection: PostgreSQLConnection) async throws {
        let rows = try await connection.query(
            """
            WITH schemas AS (
                SELECT oid, nspname::text AS name FROM pg_namespace
                WHERE nspname !~ '^(pg_|connect(_|$))' AND nspname <> 'information_schema'
            ), relations AS (
                SELECT pg_class.oid, name || '.' || relname AS name, relkind, relowner AS owner, relacl AS privileges
                FROM schemas JOIN pg_class ON relnamespace = schemas.oid
            )
            SELECT 'schema ' || name FROM schemas
            UNION ALL SELECT 'relation ' || name FROM relations
            UNION ALL SELECT 'privilege ' || privilege_type || ' on ' || object || ' of '
                || CASE grantee WHEN 0 THEN 'PUBLIC' ELSE grantee::regrole::text END
                FROM (
                    SELECT 'schema ' || name AS object, nspowner AS owner, nspacl AS privileges
                    FROM schemas JOIN pg_namespace USING (oid)
                    UNION ALL SELECT name, owner, privileges FROM relations
                ) AS objects CROSS JOIN aclexplode(privileges)
                WHERE grantee <> owner
            UNION ALL SELECT 'column ' || name || '.' || attname || ' ' || format_type(atttypid, atttypmod)
                || CASE WHEN attnotnull THEN ' not null' ELSE '' END
                FROM relations JOIN pg_attribute ON attrelid = relations.oid AND attnum > 0 AND NOT attisdropped
                WHERE relkind NOT IN ('i', 'I')
            UNION ALL SELECT 'constraint ' || name || '.' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid)
                FROM relations JOIN pg_constraint ON conrelid = relations.oid
            UNION ALL SELECT 'trigger ' || name || '.' || tgname
                FROM relations JOIN pg_trigger ON tgrelid = relations.oid WHERE NOT tgisinternal
            UNION ALL SELECT 'function ' || name || '.' || proname FROM schemas JOIN pg_proc ON pronamespace = schemas.oid
            UNION ALL SELECT 'type ' || name || '.' || typname FROM schemas JOIN pg_type ON typnamespace = schemas.oid
                WHERE typrelid = 0 AND typelem = 0
            UNION ALL SELECT 'extension ' || extname FROM schemas JOIN pg_extension ON extnamespace = schemas.oid
            """, [])
        var lines = Set(try rows.map { try $0.decode(String.self, 0) })
        if lines.contains("relation public.alembic_version") {
            let versions = try await connection.query("SELECT version_num::text FROM public.alembic_version", [])
            for row in versions { lines.insert("row of public.alembic_version \(try row.decode(String.self, 0))") }
        }
        self.lines = lines
    }

    /// What is other than it was before, and how.
    func differences(from earlier: ForeignObjects) -> [(subject: String, message: String)] {
        let made = lines.subtracting(earlier.lines).map { ($0, "is made, but belongs to other applications") }
        let gone = earlier.lines.subtracting(lines).map { ($0, "is changed or dropped, but belongs to others") }
        return (made + gone).sorted { $0 < $1 }
    }
}
