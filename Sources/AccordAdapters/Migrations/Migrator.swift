import FoundationEssentials
package import Logging
package import PostgreSQL

/// Brings every database to the schema this executable was built with: the central one, the organizations' one, and
/// every active tenant's, several at a time.
///
/// Each database is migrated in one transaction under an advisory lock, so it is at its old version or at its new one,
/// and two runs at once do no harm. One that is up to date is only read. A tenant that fails does not hold up the others.
package struct Migrator: Sendable {
    /// What a run does.
    package enum Mode: Sendable {
        case migrate
        /// Every statement is executed, then rolled back.
        case rehearse
    }

    let pool: PostgreSQLPool
    let central: PostgreSQLEndpoint
    let organizations: PostgreSQLEndpoint?
    let tenantEndpoint: @Sendable (PostgreSQLEndpoint) -> PostgreSQLEndpoint
    let applicationRole: String?
    private let tenantsAtATime: Int
    private let logger: Logger

    /// How many tenants, one after the other, are to show that a migration works before the others follow.
    private static let canaries = 2

    /// Makes a migrator; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - pool: Lends the connections. Its statement timeout applies to every statement of a migration.
    ///   - central: The central database, as a role that may create in it.
    ///   - organizations: The database of the schema `subscription`, if it is another one.
    ///   - applicationRole: The role that the application connects to these two as, if it is another one: it is
    ///     granted what it needs. In a tenant's database that is the role of `tenants.database_url`.
    ///   - tenantsAtATime: How many tenants are migrated at once; each takes a connection of the pool.
    ///   - logger: Told what is applied where.
    ///   - tenantEndpoint: How to reach a tenant's database for migrating, given what `tenants.database_url` says,
    ///     which is how the application reaches it.
    package init(
        pool: PostgreSQLPool, central: PostgreSQLEndpoint, organizations: PostgreSQLEndpoint? = nil,
        applicationRole: String? = nil, tenantsAtATime: Int = 2, logger: Logger,
        tenantEndpoint: @escaping @Sendable (PostgreSQLEndpoint) -> PostgreSQLEndpoint = { $0 }
    ) {
        self.pool = pool
        self.central = central
        self.organizations = organizations == central ? nil : organizations
        self.tenantEndpoint = tenantEndpoint
        self.applicationRole = applicationRole
        self.tenantsAtATime = max(1, tenantsAtATime)
        self.logger = logger
    }

    /// Migrates the central database, then the organizations', then every active tenant's.
    ///
    /// Tenants are not touched when a database before them failed. Of those that are behind, one goes first and alone;
    /// should it fail, so does the next. When both have failed, the others are left alone.
    ///
    /// - Parameters:
    ///   - url: the one tenant to be migrated, and nothing else.
    ///   - mode: whether the transactions are committed.
    ///   - onOutcome: told what became of each database, and of how many.
    /// - Returns: what became of all of them.
    package func run(
        tenant url: String? = nil, mode: Mode = .migrate,
        onOutcome: (_ outcome: MigrationReport.Outcome, _ count: Int) -> Void = { _, _ in }
    ) async -> MigrationReport {
        var outcomes: [MigrationReport.Outcome] = []
        if url == nil {
            for target in sharedTargets {
                let outcome = await migrate(target, mode)
                outcomes.append(outcome)
                onOutcome(outcome, sharedTargets.count)
                guard outcome.failure == nil else { return MigrationReport(outcomes: outcomes) }
            }
        }
        do {
            let targets = try await tenantTargets(url)
            let count = outcomes.count + targets.count
            outcomes += await migrate(tenants: targets, mode) { onOutcome($0, count) }
        } catch {
            let failed = failed("tenants", MigrationFailure(error))
            outcomes.append(failed)
            onOutcome(failed, outcomes.count)
        }
        return MigrationReport(outcomes: outcomes)
    }

    /// Migrates the database of a tenant that is not registered yet.
    ///
    /// - Parameters:
    ///   - url: the tenant's, for the report.
    ///   - databaseURL: how the application is to reach the database.
    ///   - endpoint: how it is reached now; nil for what is known from the address.
    /// - Returns: what became of it.
    func migrate(
        newTenant url: String, databaseURL: String, at endpoint: PostgreSQLEndpoint? = nil
    ) async -> MigrationReport.Outcome {
        var target = target(tenant: url, databaseURL, nil)
        if let endpoint { target.endpoint = endpoint }
        return await migrate(target, .migrate)
    }

    /// What each database has had, the central one first, tenants ordered by url. Nothing is changed.
    ///
    /// - Parameter url: the one tenant to be looked at, and nothing else.
    /// - Returns: how each stands; a database that can't be reached is among them.
    package func status(tenant url: String? = nil) async -> [MigrationStatus] {
        var targets = url == nil ? sharedTargets : []
        var failures: [MigrationStatus] = []
        do {
            targets += try await tenantTargets(url)
        } catch {
            failures = [
                MigrationStatus(
                    MigrationTarget(label: "tenants", endpoint: nil, scopes: [], applicationRole: nil),
                    MigrationFailure(error))
            ]
        }
        return await inParallel(targets) { await status(of: $0) } + failures
    }

    /// The SQL of a migration by its name; nil when there is none of that name.
    package static func text(ofMigration name: String) -> String? {
        Migration.all.first { $0.name == name }?.sql
    }

    /// Does the same with all targets, some at a time, and returns what came of it in their order.
    private func inParallel<Value: Sendable>(
        _ targets: [MigrationTarget], _ work: @escaping @Sendable (MigrationTarget) async -> Value,
        onValue: (Value) -> Void = { _ in }
    ) async -> [Value] {
        await withTaskGroup(of: (Int, Value).self) { group in
            var values = [Value?](repeating: nil, count: targets.count)
            func take(_ done: (Int, Value)) {
                values[done.0] = done.1
                onValue(done.1)
            }
            for (index, target) in targets.enumerated() {
                if index >= tenantsAtATime, let done = await group.next() { take(done) }
                group.addTask { (index, await work(target)) }
            }
            for await done in group { take(done) }
            return values.compactMap(\.self)
        }
    }

    // MARK: - Migrating

    private func migrate(
        tenants: [MigrationTarget], _ mode: Mode, onOutcome: (MigrationReport.Outcome) -> Void
    ) async -> [MigrationReport.Outcome] {
        let looks = await inParallel(tenants, { await look(at: $0, mode) }) { outcome in
            if let outcome { onOutcome(outcome) }
        }
        let behind = zip(tenants, looks).filter { $0.1 == nil }.map(\.0)
        var outcomes = await apply(to: behind, mode, onOutcome)[...]
        return looks.map { $0 ?? outcomes.removeFirst() }
    }

    private func migrate(_ target: MigrationTarget, _ mode: Mode) async -> MigrationReport.Outcome {
        if let outcome = await look(at: target, mode) { return outcome }
        return await apply(to: target, mode)
    }

    /// Looks at a database without locking or changing it.
    ///
    /// - Returns: what became of it, if that is all there is to do; nil when it is behind.
    private func look(at target: MigrationTarget, _ mode: Mode) async -> MigrationReport.Outcome? {
        do {
            let endpoint = try target.address
            let state = try await pool.withConnection(to: endpoint) { connection in
                try await target.state(in: endpoint.database, connection)
            }
            guard state.isComplete else { return nil }
            if mode == .migrate { try await note(target) }
            return outcome(target, MigrationTarget.Applied(hasDrifted: state.hasDrifted))
        } catch {
            return failed(target.label, MigrationFailure(error))
        }
    }

    /// Migrates tenants that are behind: a canary, then the others.
    private func apply(
        to tenants: [MigrationTarget], _ mode: Mode, _ onOutcome: (MigrationReport.Outcome) -> Void
    ) async -> [MigrationReport.Outcome] {
        var outcomes: [MigrationReport.Outcome] = []
        for target in tenants.prefix(Self.canaries) {
            let outcome = await apply(to: target, mode)
            outcomes.append(outcome)
            onOutcome(outcome)
            if outcome.failure == nil { break }
        }
        let rest = Array(tenants.dropFirst(outcomes.count))
        if outcomes.last?.failure == nil {
            return outcomes + (await inParallel(rest, { await apply(to: $0, mode) }, onValue: onOutcome))
        }
        let alone = rest.map { failed($0.label, .leftAlone) }
        for outcome in alone { onOutcome(outcome) }
        return outcomes + alone
    }

    /// Applies what a database lacks, in one transaction.
    private func apply(to target: MigrationTarget, _ mode: Mode) async -> MigrationReport.Outcome {
        do {
            let endpoint = try target.address
            let applied = try await pool.withTransaction(on: endpoint) { connection in
                let applied = try await target.apply(in: endpoint.database, connection)
                if mode == .rehearse { throw Rehearsed(applied: applied) }
                return applied
            }
            try await note(target)
            logger.info(
                "A database is migrated", metadata: ["database": "\(target.label)", "applied": "\(applied.names)"])
            return outcome(target, applied)
        } catch let rehearsed as Rehearsed {
            return outcome(target, rehearsed.applied)
        } catch {
            return failed(target.label, MigrationFailure(error))
        }
    }

    /// Rolls a transaction back that did all it was to do.
    private struct Rehearsed: Error {
        let applied: MigrationTarget.Applied
    }

    /// Records the tenant's version in the central database.
    ///
    /// Not in the tenant's transaction, being in another database: a crash in between is made good by the next run,
    /// which finds nothing to apply and comes here all the same.
    private func note(_ target: MigrationTarget) async throws {
        guard let tenant = target.tenant, let version = target.migrations.last?.version,
            version != tenant.schemaVersion
        else { return }
        try await pool.withConnection(to: central) { connection in
            _ = try await connection.execute(
                "UPDATE public.tenants SET schema_version = $2 WHERE id = $1", [.uuid(tenant.id), .text(version)])
        }
    }

    private func outcome(_ target: MigrationTarget, _ applied: MigrationTarget.Applied) -> MigrationReport.Outcome {
        MigrationReport.Outcome(
            database: target.label, applied: applied.names, version: target.migrations.last?.version, failure: nil,
            grants: applied.grants, hasDrifted: applied.hasDrifted)
    }

    private func failed(_ label: String, _ failure: MigrationFailure) -> MigrationReport.Outcome {
        logger.error("A database was not migrated", metadata: ["database": "\(label)", "cause": "\(failure)"])
        return MigrationReport.Outcome(database: label, applied: [], version: nil, failure: failure)
    }

    // MARK: - Looking

    private func status(of target: MigrationTarget) async -> MigrationStatus {
        do {
            return try await pool.withConnection(to: try target.address) { connection in
                try await target.status(connection, target.applicationRole.map(ApplicationGrants.init))
            }
        } catch {
            return MigrationStatus(target, MigrationFailure(error))
        }
    }
}
