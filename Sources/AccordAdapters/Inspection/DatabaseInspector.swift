import FoundationEssentials
package import Logging
package import PostgreSQL

/// Looks into databases as the application's role, one connection and a handful of statements each. Changes nothing.
package struct DatabaseInspector: Sendable {
    private let migrator: Migrator

    /// Makes an inspector; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - pool: lends the connections, and says how long anything may take.
    ///   - central: the central database, as the application reaches it.
    ///   - organizations: the database of the schema `subscription`, if it is another one.
    ///   - logger: told nothing but what the pool tells it.
    package init(
        pool: PostgreSQLPool, central: PostgreSQLEndpoint, organizations: PostgreSQLEndpoint?, logger: Logger
    ) {
        migrator = Migrator(pool: pool, central: central, organizations: organizations, logger: logger)
    }

    /// The databases that all tenants share: the central one first.
    package var shared: [MigrationTarget] { migrator.sharedTargets }

    /// The databases of the active tenants, ordered by url. Asks the central database.
    ///
    /// - Throws: `PostgreSQLError`.
    package func tenants() async throws -> [MigrationTarget] { try await migrator.tenantTargets(nil) }

    /// Looks into a database.
    ///
    /// - Throws: `PostgreSQLError` when it can't be reached or asked; `MigrationFailure` when it has no address.
    package func inspect(_ target: MigrationTarget) async throws -> DatabaseInspection {
        try await migrator.pool.withConnection(to: try target.address) { connection in
            let start = Date()
            let facts = try await ServerFacts(connection)
            // The server looked at its clock somewhere in between.
            let middle = start.addingTimeInterval(Date().timeIntervalSince(start) / 2)
            return DatabaseInspection(
                version: facts.version, room: facts.room,
                clockOffset: .seconds(facts.time.timeIntervalSince(middle)),
                roleProblems: try await RoleCheck.findProblems(connection),
                migrations: try await status(of: target, connection))
        }
    }

    private func status(
        of target: MigrationTarget, _ connection: PostgreSQLConnection
    ) async throws -> MigrationStatus {
        do {
            let grants = try await ApplicationGrants.ofCurrentRole(connection)
            return try await target.status(connection, grants).withoutPrivilegesTooMany
        } catch PostgreSQLError.server(let error) {
            return MigrationStatus(target, MigrationFailure(PostgreSQLError.server(error)))
        }
    }
}

extension MigrationStatus {
    /// What the role could do and need not, `RoleCheck` knows better: it also knows who owns what.
    fileprivate var withoutPrivilegesTooMany: MigrationStatus {
        MigrationStatus(
            database: database, history: history, pending: pending, hasDrifted: hasDrifted,
            privilegeGaps: privilegeGaps.filter(\.isLacked), failure: failure)
    }
}

extension MigrationTarget {
    /// What the central database knows of a tenant's migrations; nil for the others.
    package var record: Record? {
        guard let tenant else { return nil }
        guard let version = tenant.schemaVersion else { return .unknown }
        return version.utf8.lexicographicallyPrecedes((migrations.last?.version ?? "").utf8) ? .behind : .current
    }

    /// What `tenants.schema_version` says.
    package enum Record: Sendable {
        /// Nothing: it was never migrated, or not by `accord migrate`.
        case unknown
        case behind, current
    }
}
