import PostgreSQL

/// A rule that is checked by asking PostgreSQL's catalog.
struct CatalogRule: Sendable {
    let rule: MigrationFinding.Rule
    /// Whether it holds in tenants' databases only.
    let isForTenants: Bool
    /// Gives a subject and a message for each fault. `tables` has the `oid` and `name` of each table.
    private let query: PreparedStatement

    private init(_ rule: MigrationFinding.Rule, isForTenants: Bool = false, _ faults: String) {
        self.rule = rule
        self.isForTenants = isForTenants
        query = PreparedStatement(
            """
            WITH tables AS (
                SELECT pg_class.oid, nspname || '.' || relname AS name, nspname, relname
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE relkind IN ('r', 'p') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
                    AND relname <> 'alembic_version'
            ), columns AS (
                SELECT tables.name || '.' || attname AS name, attname, attrelid, attnum, atttypid, atttypmod,
                    format_type(atttypid, atttypmod) AS type
                FROM tables JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
            )
            \(faults)
            ORDER BY 1, 2
            """)
    }

    func faults(_ connection: PostgreSQLConnection) async throws -> [(subject: String, message: String)] {
        try await connection.query(query, []).map { row in
            (try row.decode(String.self, 0), try row.decode(String.self, 1))
        }
    }

    static let all = [
        CatalogRule(
            .foreignKeyType,
            """
            SELECT source.name, 'is ' || source.type || ', but ' || target.name || ' is ' || target.type
            FROM pg_constraint CROSS JOIN unnest(conkey, confkey) AS pairs (source, target)
                JOIN columns source ON source.attrelid = conrelid AND source.attnum = pairs.source
                JOIN columns target ON target.attrelid = confrelid AND target.attnum = pairs.target
            WHERE contype = 'f' AND (source.atttypid, source.atttypmod) <> (target.atttypid, target.atttypmod)
            """),
        CatalogRule(
            .foreignKeyIndex,
            """
            SELECT tables.name || '.' || conname, 'is a foreign key without an index that begins with its columns'
            FROM pg_constraint JOIN tables ON tables.oid = conrelid
            WHERE contype = 'f' AND NOT EXISTS (
                SELECT FROM pg_index
                WHERE indrelid = conrelid AND indisvalid AND indpred IS NULL
                    AND (indkey::int2[])[0:cardinality(conkey) - 1] @> conkey
            )
            """),
        CatalogRule(
            .foreignKeyToCentral, isForTenants: true,
            """
            SELECT DISTINCT columns.name, 'is a foreign key to ' || target.nspname || '.' || target.relname
                || ', but organizations, users and tenants live in another database'
            FROM pg_constraint JOIN columns ON attrelid = conrelid AND attnum = ANY (conkey)
                JOIN tables target ON target.oid = confrelid
            WHERE contype = 'f' AND (
                attname ~ '(^|_)(by|user|org|organization|tenant)_id$'
                OR target.relname ~ '^(users?|orgs?|organizations?|tenants?)$'
                OR target.nspname !~ '^connect(_|$)'
            )
            """),
        CatalogRule(
            .primaryKey,
            """
            SELECT name, 'has no primary key' FROM tables
            WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = tables.oid AND contype = 'p')
            """),
        CatalogRule(
            .names,
            """
            SELECT name, 'is not in snake case' FROM (
                SELECT nspname::text, nspname FROM pg_namespace
                WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
                UNION ALL SELECT name, relname FROM tables
                UNION ALL SELECT name, attname FROM columns
                UNION ALL SELECT tables.name || '.' || conname, conname
                FROM tables JOIN pg_constraint ON conrelid = tables.oid
                UNION ALL SELECT tables.nspname || '.' || pg_class.relname, pg_class.relname
                FROM tables JOIN pg_index ON indrelid = tables.oid JOIN pg_class ON pg_class.oid = indexrelid
                WHERE NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
            ) AS identifiers (name, identifier)
            WHERE identifier !~ '^[a-z][a-z0-9]*(_[a-z0-9]+)*$'
            UNION ALL
            SELECT name, 'is not in the plural' FROM tables
            WHERE relname !~* '([^sui]s|people|children|data)$'
            """),
        CatalogRule(
            .timeZone,
            """
            SELECT name, 'is ' || type || ': take timestamptz' FROM columns
            WHERE atttypid IN ('timestamp'::regtype, 'timestamp[]'::regtype)
            """),
    ]
}
