import PostgreSQL

/// What is done in one database.
extension MigrationTarget {
    /// How to reach it.
    var address: PostgreSQLEndpoint {
        get throws(MigrationFailure) {
            guard let endpoint else {
                throw .database(sqlState: nil, message: "The tenant's database_url is no PostgreSQL URL.")
            }
            return endpoint
        }
    }

    /// What a database looks like before anything is done.
    struct State {
        /// Whether nothing is to be done: it has every migration, what it looked like after the last one is recorded,
        /// and the application has its privileges.
        let isComplete: Bool
        let hasDrifted: Bool
    }

    /// - Throws: `MigrationFailure` for a database that must not be migrated; `PostgreSQLError`.
    func state(in database: String, _ connection: PostgreSQLConnection) async throws -> State {
        let entries = try await MigrationLedger(connection: connection).entries()
        var isComplete = try pending(entries).isEmpty && unnotedScopes(entries).isEmpty
        if isComplete, let applicationRole {
            isComplete = try await ApplicationGrants(role: applicationRole)
                .gaps(for: scopes, database: database, connection).isEmpty
        }
        return State(isComplete: isComplete, hasDrifted: try await hasDrifted(entries, connection))
    }

    /// What was done in a database.
    struct Applied {
        /// The migrations, by name.
        var names: [String] = []
        /// The statements that gave the application its privileges; empty where it had them.
        var grants = ""
        /// Whether somebody had changed the tables by hand.
        var hasDrifted: Bool
    }

    /// Applies what is missing, in the transaction of the caller.
    ///
    /// - Throws: As `state(in:_:)`.
    func apply(in database: String, _ connection: PostgreSQLConnection) async throws -> Applied {
        let ledger = MigrationLedger(connection: connection)
        try await ledger.open()
        let entries = try await ledger.entries()
        let pending = try pending(entries)
        var applied = Applied(names: pending.map(\.name), hasDrifted: try await hasDrifted(entries, connection))
        for migration in pending {
            let start = ContinuousClock.now
            try await connection.executeScript(migration.sql)
            try await ledger.add(migration, milliseconds: Int((ContinuousClock.now - start) / .milliseconds(1)))
        }
        // What was applied by a version of this program that didn't look at it, or in another way, is taken as it is now.
        for scope in Set(pending.map(\.scope)).union(unnotedScopes(entries)) {
            guard let last = last(of: scope) else { continue }
            try await ledger.note(try await SchemaFingerprint(scope: scope).value(connection), after: last)
        }
        if let applicationRole {
            let grants = ApplicationGrants(role: applicationRole)
            if try await !grants.gaps(for: scopes, database: database, connection).isEmpty {
                applied.grants = grants.statements(for: scopes, database: database)
                try await connection.executeScript(applied.grants)
            }
        }
        return applied
    }

    /// What the database has not had.
    ///
    /// - Throws: when it has had something else than this executable has.
    func pending(_ entries: [String: MigrationEntry]) throws(MigrationFailure) -> [Migration] {
        if let unknown = Set(entries.keys).subtracting(Migration.all.map(\.name)).min() {
            throw .unknown(migration: unknown)
        }
        for migration in migrations {
            guard let entry = entries[migration.name] else { continue }
            guard entry.checksum == migration.checksum else { throw .edited(migration: migration.name) }
        }
        return migrations.filter { entries[$0.name] == nil }
    }

    /// Whether the tables are other ones than after the last migration.
    func hasDrifted(_ entries: [String: MigrationEntry], _ connection: PostgreSQLConnection) async throws -> Bool {
        for scope in scopes {
            let last = migrations.last { $0.scope == scope && entries[$0.name] != nil }
            guard let last, let fingerprint = entries[last.name]?.fingerprint else { continue }
            if try await SchemaFingerprint(scope: scope).value(connection) != fingerprint { return true }
        }
        return false
    }

    /// The scopes whose last migration was applied without recording what the tables looked like after it.
    private func unnotedScopes(_ entries: [String: MigrationEntry]) -> Set<Migration.Scope> {
        scopes.filter { scope in
            last(of: scope).flatMap { entries[$0.name] }.map { $0.fingerprint == nil } ?? false
        }
    }

    private func last(of scope: Migration.Scope) -> Migration? { migrations.last { $0.scope == scope } }
}
