package import PostgreSQL

/// Builds databases by migrations, and finds what is wrong with these by looking into the catalog.
///
/// After each migration all rules are checked, so that a fault is reported with the migration that brought it.
package struct MigrationLint: Sendable {
    private let pool: PostgreSQLPool

    /// - Parameter pool: lends the connections, one at a time.
    package init(pool: PostgreSQLPool) {
        self.pool = pool
    }

    /// What was found.
    package struct Report: Sendable {
        /// Ordered as the migrations are applied: the central database's, then the tenants'.
        package var findings: [MigrationFinding] = []
        /// Tables that no row could be made up for, so that the migrations after them were tried without.
        package var unfilled: [String] = []
    }

    /// Checks the migrations.
    ///
    /// - Parameters:
    ///   - folder: The folder that has the folders `central` and `tenant`; nil for the migrations in this executable.
    ///   - central: An empty database, as its owner.
    ///   - tenant: Another one.
    /// - Returns: what was found.
    /// - Throws: `MigrationFolderError`; `PostgreSQLError` when a database can't be worked with.
    package func run(
        folder: String? = nil, central: PostgreSQLEndpoint, tenant: PostgreSQLEndpoint
    ) async throws -> Report {
        let migrations = try folder.map(MigrationFolder.read) ?? Migration.all
        return try await check(migrations, central: central, tenant: tenant)
    }

    func check(
        _ migrations: [Migration], central: PostgreSQLEndpoint, tenant: PostgreSQLEndpoint
    ) async throws -> Report {
        var report = Report()
        for (endpoint, isTenant) in [(central, false), (tenant, true)] {
            let part = migrations.filter { ($0.scope == .tenant) == isTenant }
            try await pool.withConnection(to: endpoint) { connection in
                try await check(part, isTenant: isTenant, connection, &report)
            }
        }
        return report
    }

    private func check(
        _ migrations: [Migration], isTenant: Bool, _ connection: PostgreSQLConnection, _ report: inout Report
    ) async throws {
        try await connection.withTransaction { connection in
            try await ForeignObjects.plant(connection)
            try await MigrationLedger(connection: connection).open()
        }
        let samples = SampleRows(connection: connection)
        var foreign = try await ForeignObjects(connection)
        // What a migration brought is not reported again with those after it.
        var known: Set<[String]> = []
        for migration in migrations {
            let label = "\(isTenant ? "tenant" : "central")/\(migration.name)"
            func add(_ rule: MigrationFinding.Rule, _ faults: [(subject: String, message: String)]) {
                for (subject, message) in faults where known.insert([rule.rawValue, subject, message]).inserted {
                    report.findings.append(
                        MigrationFinding(migration: label, rule: rule, subject: subject, message: message))
                }
            }
            let unfilled = try await samples.fill()
            report.unfilled += unfilled.filter { !report.unfilled.contains($0) }
            let refusal = try await refusal(of: migration, connection)
            if refusal == Self.endsTransaction {
                add(.runs, [("the migration", Self.endsTransaction)])
            } else if let refusal {
                try await samples.clear()
                if let refusal = try await self.refusal(of: migration, connection) {
                    // What comes after it may need what it did not make.
                    return add(.runs, [("the migration", "is refused: \(refusal)")])
                }
                add(.runsOnData, [("the migration", "is refused once the tables have rows: \(refusal)")])
            }
            for rule in CatalogRule.all where isTenant || !rule.isForTenants {
                add(rule.rule, try await rule.faults(connection))
            }
            if isTenant {
                let now = try await ForeignObjects(connection)
                add(.ownSchemas, now.differences(from: foreign))
                foreign = now
            }
        }
    }

    private static let endsTransaction = "ends the transaction that it is executed in"

    /// Executes a migration.
    ///
    /// - Returns: why it is refused; nil when it is not.
    private func refusal(of migration: Migration, _ connection: PostgreSQLConnection) async throws -> String? {
        do {
            let transactions = try await connection.withTransaction { connection in
                let before = try await Self.transaction(connection)
                try await connection.executeScript(migration.sql)
                return [before, try await Self.transaction(connection)]
            }
            return transactions[0] == transactions[1] ? nil : Self.endsTransaction
        } catch PostgreSQLError.server(let refusal) {
            return "\(refusal.message) (SQLSTATE \(refusal.sqlState.rawValue))"
        }
    }

    private static func transaction(_ connection: PostgreSQLConnection) async throws -> String {
        let rows = try await connection.query("SELECT pg_current_xact_id()::text")
        return try rows.first?.decode(String.self, 0) ?? ""
    }
}
