import Synchronization

/// A pool's state under its lock, and what it decides done outside it: tasks resumed, connections closed.
///
/// Apart from `PostgreSQLPool` because the readiness thread calls it, and must not keep the pool alive.
final class ConnectionBudget: Sendable {
    typealias Outcome = Result<PoolGrant<Session>, PostgreSQLError>
    typealias Waiter = CheckedContinuation<Outcome, Never>
    typealias State = PoolState<Session, Waiter>
    typealias Instant = ContinuousClock.Instant

    private struct Core {
        var state: State
        var lastWaiter: UInt64 = 0
        /// Those who closed the pool and wait for what is lent.
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let core: Mutex<Core>

    init(_ configuration: PostgreSQLPoolConfiguration) {
        let state = State(
            budget: configuration.maximumConnections, serverBudget: configuration.maximumConnectionsPerServer,
            databaseBudget: configuration.maximumConnectionsPerDatabase,
            openingLimit: configuration.maximumConnectionsOpening)
        core = Mutex(Core(state: state))
    }

    /// What there is, and what has happened.
    var statistics: PoolStatistics { core.withLock { $0.state.statistics } }

    /// Gets a slot without waiting, nil if that can't be.
    func acquireNow(
        for endpoint: PostgreSQLEndpoint, claimant: String
    ) throws(PostgreSQLError) -> PoolGrant<Session>? {
        try change { core throws(PostgreSQLError) in
            try core.state.acquire(for: endpoint, claimant: claimant, at: .now)
        }
    }

    /// Waits for a slot until the deadline, which `expire` enforces.
    ///
    /// - Throws: `PostgreSQLError.poolTimeout`, `.cancelled`, or `.connectionFailed` if the pool is closed.
    func acquire(
        for endpoint: PostgreSQLEndpoint,
        claimant: String,
        deadline: Instant
    ) async throws(PostgreSQLError) -> PoolGrant<Session> {
        let id = newWaiter()
        let outcome: Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let resumption = change { core in
                    core.state.enqueue(
                        id, for: endpoint, claimant: claimant, waiter, at: .now, deadline: deadline)
                }
                resumption.resume()
            }
        } onCancel: {
            core.withLock { $0.state.cancel(id) }.resume()
        }
        return try outcome.get()
    }

    /// Waits for a spare connection until it is due, which `expire` enforces.
    ///
    /// - Throws: `PostgreSQLError.poolTimeout` when there is none, `.cancelled`, or `.connectionFailed` if the pool is
    ///   closed.
    func acquireSpare(
        for endpoint: PostgreSQLEndpoint, due: Instant
    ) async throws(PostgreSQLError) -> PoolGrant<Session> {
        let id = newWaiter()
        let outcome: Outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                core.withLock { $0.state.enqueueForSpare(id, for: endpoint, waiter, due: due) }.resume()
            }
        } onCancel: {
            core.withLock { $0.state.cancelSpare(id, for: endpoint) }.resume()
        }
        return try outcome.get()
    }

    private func newWaiter() -> UInt64 {
        core.withLock { core in
            core.lastWaiter += 1
            return core.lastWaiter
        }
    }

    /// Does something with the state that may lend spare connections, and resumes those who got one.
    private func change<Value: Sendable, Failure>(
        _ body: (inout Core) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let (value, spared) = try core.withLock { core throws(Failure) in
            (try body(&core), core.state.takeSpared())
        }
        for resumption in spared { Optional(resumption).resume() }
        return value
    }

    /// Lets the next make its connection.
    func finishOpening() {
        change { $0.state.finishOpening(at: .now) }.resume()
    }

    /// Gives a slot back, and with it the connection if it is fit for others. A spare one counts as idle since before.
    func giveBack(_ session: Session?, of endpoint: PostgreSQLEndpoint, idleSince: Instant? = nil) {
        let (returned, closers) = change { core in
            let returned = core.state.giveBack(session, of: endpoint, at: .now, idleSince: idleSince)
            guard core.state.isClosed, core.state.lentCount == 0 else {
                return (returned, [CheckedContinuation<Void, Never>]())
            }
            defer { core.closers = [] }
            return (returned, core.closers)
        }
        returned.closing?.close(State.closedError)
        returned.resumption.resume()
        for closer in closers { closer.resume() }
    }

    /// Refuses those whose time is up, and serves those who have waited long enough for one of their own.
    func expire(at now: Instant) {
        for resumption in change({ $0.state.expire(at: now) }) { Optional(resumption).resume() }
    }

    /// Closes the connections that have been idle since before an instant, and returns their number.
    func reap(idleSince cutoff: Instant) -> Int {
        let reaped = core.withLock { $0.state.reap(idleSince: cutoff) }
        for session in reaped { session.close(State.closedError) }
        return reaped.count
    }

    /// Lends no more, closes what is idle, and waits until everything lent has been given back.
    func close() async {
        let closure = core.withLock { $0.state.close() }
        for session in closure.closing { session.close(State.closedError) }
        for resumption in closure.refused { Optional(resumption).resume() }
        await withCheckedContinuation { closer in
            let isDone = core.withLock { core in
                if core.state.lentCount > 0 { core.closers.append(closer) }
                return core.state.lentCount == 0
            }
            if isDone { closer.resume() }
        }
    }
}

extension ConnectionBudget.State.Resumption? {
    fileprivate func resume() {
        if let self { self.waiter.resume(returning: self.outcome) }
    }
}
