package import Logging
import Synchronization

/// Connections to many databases under one budget, lent for as long as a closure runs.
///
/// When the budget is spent, or that of the server, a task waits in one queue for all databases; `PoolState` says who is
/// next. A connection idle for one database makes room for another's. A connection whose transaction could not be ended
/// is closed, never lent again.
package final class PostgreSQLPool: Sendable {
    private let budget: ConnectionBudget
    let thread: ReadinessThread
    let settings: ConnectionSettings
    private let acquireTimeout: Duration
    private let idleTimeout: Duration
    private let logger: Logger
    private let opened = Atomic(0)

    /// Makes a pool without any connection yet, and starts its thread.
    package init(configuration: PostgreSQLPoolConfiguration, logger: Logger) {
        let budget = ConnectionBudget(configuration)
        self.budget = budget
        thread = ReadinessThread { now in budget.expire(at: now) }
        settings = ConnectionSettings(
            connectTimeout: configuration.connectTimeout,
            statementTimeout: configuration.statementTimeout,
            applicationName: configuration.applicationName,
            pooling: configuration.pooling
        )
        acquireTimeout = configuration.acquireTimeout
        idleTimeout = configuration.idleTimeout
        self.logger = logger
    }

    deinit {
        thread.stop()
    }

    /// Makes a pool, and closes it when `body` has returned or thrown.
    ///
    /// - Parameters:
    ///   - configuration: Its limits.
    ///   - logger: Told what it does.
    ///   - body: Gets it.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw.
    package static func withPool<Value>(
        _ configuration: PostgreSQLPoolConfiguration, logger: Logger, _ body: (PostgreSQLPool) async throws -> Value
    ) async rethrows -> Value {
        let pool = PostgreSQLPool(configuration: configuration, logger: logger)
        do {
            let value = try await body(pool)
            await pool.close()
            return value
        } catch {
            await pool.close()
            throw error
        }
    }

    /// What the pool has now, and what has happened since it was made.
    package var statistics: PoolStatistics {
        var statistics = budget.statistics
        statistics.opened = opened.load(ordering: .relaxed)
        return statistics
    }

    /// Lends a connection to a database while the closure runs.
    ///
    /// A pooled connection that turns out dead at its first use, before anything was sent, is replaced by a fresh one.
    /// The closure must leave the session as it found it: no open transaction (the connection would be closed), and
    /// `SET LOCAL`, never `SET`.
    ///
    /// - Parameters:
    ///   - endpoint: The database.
    ///   - claimant: Who takes turns with others when there are not enough connections; nil for all who want this
    ///     database together.
    ///   - body: Gets the connection.
    /// - Returns: What `body` returned.
    /// - Throws: `PostgreSQLError.poolTimeout`, `.connectionFailed`, `.cancelled`, and what the closure throws.
    package func withConnection<Value>(
        to endpoint: PostgreSQLEndpoint,
        for claimant: String? = nil,
        _ body: (PostgreSQLConnection) async throws -> Value
    ) async throws -> Value {
        let session = try await lend(endpoint, to: claimant)
        return try await use(session, of: endpoint, body)
    }

    /// Lends a connection to a database that is open and that nobody else has a use for, for what can wait: the database's
    /// last one before it makes room for another's, or one that lies idle when the time is up.
    ///
    /// None is opened for it, nothing waits for it, and it doesn't keep the connection open for longer.
    ///
    /// - Parameters:
    ///   - endpoint: The database.
    ///   - delay: How long to wait for it.
    ///   - body: Gets the connection, as in `withConnection(to:for:_:)`.
    /// - Returns: What `body` returned; nil when there was none, or the task was cancelled while it waited.
    /// - Throws: `PostgreSQLError.connectionFailed` when the pool is closed, and what the closure throws.
    package func withSpareConnection<Value>(
        to endpoint: PostgreSQLEndpoint,
        within delay: Duration,
        _ body: (PostgreSQLConnection) async throws -> Value
    ) async throws -> Value? {
        guard !Task.isCancelled else { return nil }
        let due = ContinuousClock.now + delay
        thread.tick(until: due)
        let spare: (session: Session, since: ContinuousClock.Instant)
        do throws(PostgreSQLError) {
            guard case .connection(let session, let since) = try await budget.acquireSpare(for: endpoint, due: due)
            else { return nil }
            spare = (session, since)
        } catch {
            guard error == .poolTimeout || error == .cancelled else { throw error }
            return nil
        }
        return try await use(spare.session, of: endpoint, idleSince: spare.since, body)
    }

    /// Runs the closure with a connection, and gives it back.
    private func use<Value>(
        _ session: Session, of endpoint: PostgreSQLEndpoint, idleSince: ContinuousClock.Instant? = nil,
        _ body: (PostgreSQLConnection) async throws -> Value
    ) async throws -> Value {
        let connection = PostgreSQLConnection(session) { [self] () async throws(PostgreSQLError) in
            logger.debug("A pooled database connection had ended.", metadata: ["database": "\(endpoint)"])
            return try await connect(to: endpoint)
        }
        defer {
            let session = connection.end()
            let isReusable = session.isReusable
            if !isReusable { session.close(.connectionLost("it was not fit for another use")) }
            budget.giveBack(isReusable ? session : nil, of: endpoint, idleSince: idleSince)
        }
        return try await body(connection)
    }

    /// Lends a connection with an open transaction, which is committed when the closure returns and rolled back when it
    /// throws. See `PostgreSQLConnection.withTransaction`.
    package func withTransaction<Value>(
        on endpoint: PostgreSQLEndpoint,
        for claimant: String? = nil,
        isolation: IsolationLevel = .readCommitted,
        _ body: (PostgreSQLConnection) async throws -> Value
    ) async throws -> Value {
        try await withConnection(to: endpoint, for: claimant) { connection in
            try await connection.withTransaction(isolation: isolation, body)
        }
    }

    /// Closes connections that lie idle for too long, until the task is cancelled.
    package func run() async {
        while !Task.isCancelled {
            let count = budget.reap(idleSince: .now - idleTimeout)
            if count > 0 { logger.debug("Idle database connections were closed.", metadata: ["count": "\(count)"]) }
            try? await Task.sleep(for: idleTimeout / 4)
        }
    }

    /// Lends no more, closes what is idle, and waits until everything lent has been given back. Tasks that wait for a
    /// connection are refused with `connectionFailed`, as is everybody who comes later.
    package func close() async {
        await budget.close()
        thread.stop()
    }

    private func lend(
        _ endpoint: PostgreSQLEndpoint, to claimant: String?
    ) async throws(PostgreSQLError) -> Session {
        guard !Task.isCancelled else { throw .cancelled }
        switch try await slot(for: endpoint, claimant) {
        case .connection(let session, _):
            return session
        case .slot(let closing):
            await closing?.closeCompletely(.connectionLost("it made room for another database's"))
            do throws(PostgreSQLError) {
                defer { budget.finishOpening() }
                return try await connect(to: endpoint)
            } catch {
                budget.giveBack(nil, of: endpoint)
                throw error
            }
        }
    }

    private func slot(
        for endpoint: PostgreSQLEndpoint, _ claimant: String?
    ) async throws(PostgreSQLError) -> PoolGrant<Session> {
        let claimant = claimant ?? endpoint.description
        if let grant = try budget.acquireNow(for: endpoint, claimant: claimant) { return grant }
        let deadline = ContinuousClock.now + acquireTimeout
        thread.tick(until: deadline)
        return try await budget.acquire(for: endpoint, claimant: claimant, deadline: deadline)
    }

    private func connect(to endpoint: PostgreSQLEndpoint) async throws(PostgreSQLError) -> Session {
        let session = try await Session.open(to: endpoint, settings: settings, on: thread)
        opened.wrappingAdd(1, ordering: .relaxed)
        return session
    }
}
