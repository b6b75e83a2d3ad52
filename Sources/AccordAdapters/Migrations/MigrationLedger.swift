import PostgreSQL

/// `connect.schema_migrations`: which migrations a database has had. The central database has one too.
struct MigrationLedger {
    let connection: PostgreSQLConnection

    /// Waits for whoever else migrates this database, for the rest of the transaction; then makes the table if missing.
    func open() async throws {
        _ = try await connection.query("SELECT pg_advisory_xact_lock(hashtextextended('accord.migrations', 0))", [])
        // Asked first: a database that is up to date can be looked at by a role that may not create schemas.
        let table = try await connection.query("SELECT to_regclass('connect.schema_migrations') IS NOT NULL", [])
        guard try table.first?.decode(Bool.self, 0) != true else { return }
        try await connection.executeScript(
            """
            CREATE SCHEMA IF NOT EXISTS connect;
            CREATE TABLE IF NOT EXISTS connect.schema_migrations (
                version    text        NOT NULL,
                name       text        PRIMARY KEY,
                checksum   text        NOT NULL, -- SHA-256 of the file in lower-case hexadecimal
                applied_at timestamptz NOT NULL DEFAULT now()
            );
            """
        )
    }

    /// The checksum of every migration applied, by its name: a small installation may keep its one tenant in the central
    /// database, where a version alone would mean two things.
    func checksums() async throws -> [String: String] {
        let rows = try await connection.query("SELECT name, checksum FROM connect.schema_migrations", [])
        return try Dictionary(
            uniqueKeysWithValues: rows.map { (try $0.decode(String.self, 0), try $0.decode(String.self, 1)) }
        )
    }

    /// Records that a migration was applied.
    func add(_ migration: Migration) async throws {
        try await connection.execute(
            "INSERT INTO connect.schema_migrations (version, name, checksum) VALUES ($1, $2, $3)",
            [.text(migration.version), .text(migration.name), .text(migration.checksum)]
        )
    }
}
