import PostgreSQL

/// A hash of the columns, constraints, indexes, policies and triggers that migrations of one scope have made: it tells
/// whether somebody has changed them by hand since.
///
/// Privileges and data are not part of it, nor are the casts and parentheses of constraints and triggers: PostgreSQL prints
/// others once a database was dumped and restored, though the rule is the same.
struct SchemaFingerprint {
    let scope: Migration.Scope

    /// What the fingerprints of this kind begin with. Those of another kind can't be compared with them.
    private static let kind = "2:"

    /// A fingerprint that was recorded, if it can be compared with the ones that are made now.
    static func comparable(_ recorded: String?) -> String? { recorded.flatMap { $0.hasPrefix(kind) ? $0 : nil } }

    /// Which relations are looked at: `relations` is `pg_class`, `schemas` `pg_namespace`.
    private var condition: String {
        switch scope {
        case .central: "schemas.nspname = 'public' AND relations.relname = 'tenants'"
        case .organizations: "schemas.nspname = 'subscription'"
        case .tenant: "schemas.nspname ~ '^connect_'"
        }
    }

    func value(_ connection: PostgreSQLConnection) async throws -> String {
        let rows = try await connection.query(
            PreparedStatement(
                """
                WITH tables AS (
                    SELECT relations.oid, schemas.nspname || '.' || relations.relname AS name,
                        relations.relrowsecurity, relations.relforcerowsecurity
                    FROM pg_class relations JOIN pg_namespace schemas ON schemas.oid = relations.relnamespace
                    WHERE relations.relkind IN ('r', 'p', 'v', 'm') AND \(condition)
                ), lines AS (
                    SELECT tables.name || ' ' || attname || ' ' || format_type(atttypid, atttypmod)
                        || CASE WHEN attnotnull THEN ' not null' ELSE '' END
                        || coalesce(' default ' || pg_get_expr(adbin, adrelid), '') AS line
                    FROM tables JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped
                        LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
                    UNION ALL
                    SELECT tables.name || ' ' || conname || ' ' || \(Self.rule("pg_get_constraintdef(pg_constraint.oid)"))
                    FROM tables JOIN pg_constraint ON conrelid = tables.oid AND contype <> 'n'
                    UNION ALL
                    SELECT pg_get_indexdef(indexrelid) FROM tables JOIN pg_index ON indrelid = tables.oid
                    UNION ALL
                    SELECT tables.name || ' row level security'
                        || CASE WHEN relforcerowsecurity THEN ' forced' ELSE '' END
                    FROM tables WHERE relrowsecurity
                    UNION ALL
                    SELECT concat_ws(' ', tables.name, polname, polcmd, polpermissive,
                        (
                            SELECT string_agg(polrole::regrole::text, ',' ORDER BY polrole::regrole::text)
                            FROM unnest(polroles) AS polrole
                        ),
                        pg_get_expr(polqual, polrelid), 'check', pg_get_expr(polwithcheck, polrelid))
                    FROM tables JOIN pg_policy ON polrelid = tables.oid
                    UNION ALL
                    SELECT concat_ws(' ', \(Self.rule("pg_get_triggerdef(pg_trigger.oid)")), tgenabled,
                        pg_get_functiondef(tgfoid))
                    FROM tables JOIN pg_trigger ON tgrelid = tables.oid AND NOT tgisinternal
                )
                SELECT md5(coalesce(string_agg(line, chr(10) ORDER BY line COLLATE "C"), '')) FROM lines
                """))
        return Self.kind + (try rows.first?.decode(String.self, 0) ?? "")
    }

    /// The text of a rule without casts to text, arrays' brackets and parentheses.
    private static func rule(_ definition: String) -> String {
        #"regexp_replace(\#(definition), '::(text|character varying)|\[\]|[()]', '', 'g')"#
    }
}
