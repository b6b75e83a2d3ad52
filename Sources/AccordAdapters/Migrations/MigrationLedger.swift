package import FoundationEssentials
import PostgreSQL

/// `connect.schema_migrations`: which migrations a database has had. The central database has one too.
struct MigrationLedger {
    let connection: PostgreSQLConnection

    /// Waits for whoever else migrates this database, for the rest of the transaction; then makes the table if missing.
    ///
    /// From then on the transaction waits for no lock longer than a few seconds, unless the address says how long
    /// (`?options=-c%20lock_timeout=…`): whoever comes after it would wait, too.
    func open() async throws {
        _ = try await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('accord.migrations', 0))", [])
        _ = try await connection.query(
            """
            SELECT set_config('lock_timeout', '5s', true) WHERE current_setting('lock_timeout') = '0'
            """, [])
        // Asked first: a database that is up to date can be looked at by a role that may not create schemas.
        guard try await columns().isSuperset(of: ["applied_by", "duration_ms", "fingerprint"]) == false else { return }
        try await connection.executeScript(
            """
            CREATE SCHEMA IF NOT EXISTS connect;
            CREATE TABLE IF NOT EXISTS connect.schema_migrations (
                version    text        NOT NULL,
                name       text        PRIMARY KEY,
                checksum   text        NOT NULL, -- SHA-256 of the file in lower-case hexadecimal
                applied_at timestamptz NOT NULL DEFAULT now()
            );
            ALTER TABLE connect.schema_migrations
                ADD COLUMN IF NOT EXISTS applied_by  text,    -- the role
                ADD COLUMN IF NOT EXISTS duration_ms integer,
                ADD COLUMN IF NOT EXISTS fingerprint text;    -- of the objects as they were then
            """
        )
    }

    /// What was applied, by its name: a small installation may keep its one tenant in the central database, where a
    /// version alone would mean two things. Empty for a database that was never migrated.
    func entries() async throws -> [String: MigrationEntry] {
        let columns = try await columns()
        guard !columns.isEmpty else { return [:] }
        // A ledger from before has only the first four.
        func optional(_ name: String) -> String { columns.contains(name) ? name : "NULL" }
        let rows = try await connection.query(
            PreparedStatement(
                """
                SELECT name, checksum, applied_at, \(optional("applied_by"))::text, \(optional("duration_ms"))::integer,
                    \(optional("fingerprint"))::text
                FROM connect.schema_migrations
                """))
        let entries = try rows.map { row in
            MigrationEntry(
                name: try row.decode(String.self, 0), checksum: try row.decode(String.self, 1),
                appliedAt: try row.decode(Date.self, 2), appliedBy: try row.decode(String?.self, 3),
                milliseconds: try row.decode(Int?.self, 4),
                fingerprint: SchemaFingerprint.comparable(try row.decode(String?.self, 5)))
        }
        return Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0) })
    }

    /// Records that a migration was applied.
    func add(_ migration: Migration, milliseconds: Int) async throws {
        try await connection.execute(
            """
            INSERT INTO connect.schema_migrations (version, name, checksum, applied_by, duration_ms)
                VALUES ($1, $2, $3, current_user, $4)
            """,
            [.text(migration.version), .text(migration.name), .text(migration.checksum), .int64(Int64(milliseconds))])
    }

    /// Records what the objects look like after a migration.
    func note(_ fingerprint: String, after migration: Migration) async throws {
        try await connection.execute(
            "UPDATE connect.schema_migrations SET fingerprint = $2 WHERE name = $1",
            [.text(migration.name), .text(fingerprint)])
    }

    /// The columns of the table; none when it is missing.
    private func columns() async throws -> Set<String> {
        let rows = try await connection.query(
            """
            SELECT attname::text FROM pg_attribute
            WHERE attrelid = to_regclass('connect.schema_migrations') AND attnum > 0 AND NOT attisdropped
            """, [])
        return Set(try rows.map { try $0.decode(String.self, 0) })
    }
}

/// A migration that a database has had.
package struct MigrationEntry: Sendable {
    package let name: String
    /// SHA-256 of the file as it was then, in lower-case hexadecimal.
    package let checksum: String
    package let appliedAt: Date
    /// The role that applied it, and how long it took; nil for what an older version of this program has applied.
    package let appliedBy: String?
    package let milliseconds: Int?
    /// `SchemaFingerprint` after it; only the last migration of a run has one. Nil, too, for one of an earlier kind.
    let fingerprint: String?
}
