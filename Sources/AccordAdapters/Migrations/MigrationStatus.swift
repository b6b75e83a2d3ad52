import PostgreSQL

/// What one database has had of the migrations.
package struct MigrationStatus: Sendable {
    /// `central`, `organizations` or a tenant's url.
    package let database: String
    /// What it has had, oldest first.
    package let history: [MigrationEntry]
    /// The names of what it has not had.
    package let pending: [String]
    /// Whether its tables were changed by hand since the last migration.
    package let hasDrifted: Bool
    /// What is other with the privileges of the application's role than it should be; not asked while anything is pending.
    package let privilegeGaps: [PrivilegeGap]
    /// Why it can't be told, or what forbids migrating it; nil when nothing does.
    package let failure: MigrationFailure?

    /// Whether nothing is to be done or looked at.
    package var isUpToDate: Bool { failure == nil && pending.isEmpty && !hasDrifted && privilegeGaps.isEmpty }
}

extension MigrationTarget {
    /// How the database that a connection leads to stands. `grants` is what the application's role should have there; nil
    /// where nothing is to be asked.
    func status(_ connection: PostgreSQLConnection, _ grants: ApplicationGrants?) async throws -> MigrationStatus {
        let entries = try await MigrationLedger(connection: connection).entries()
        var failure: MigrationFailure?
        var pending: [Migration] = []
        do throws(MigrationFailure) { pending = try self.pending(entries) } catch { failure = error }
        var gaps: [PrivilegeGap] = []
        if let grants, failure == nil, pending.isEmpty {
            gaps = try await grants.gaps(for: scopes, database: endpoint?.database ?? "", connection)
        }
        return MigrationStatus(
            database: label, history: entries.values.sorted { ($0.appliedAt, $0.name) < ($1.appliedAt, $1.name) },
            pending: pending.map(\.name), hasDrifted: try await hasDrifted(entries, connection),
            privilegeGaps: gaps, failure: failure)
    }
}

extension MigrationStatus {
    init(_ target: MigrationTarget, _ failure: MigrationFailure) {
        database = target.label
        history = []
        pending = []
        hasDrifted = false
        privilegeGaps = []
        self.failure = failure
    }
}
