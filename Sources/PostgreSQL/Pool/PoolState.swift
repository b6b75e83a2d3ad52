/// What a pool gives to a task that wants a connection.
enum PoolGrant<Connection> {
    /// An open one, which lay idle since then.
    case connection(Connection, idleSince: ContinuousClock.Instant)
    /// Make a connection; this one must be closed first, to keep to the budget.
    case slot(closing: Connection?)
}

extension PoolGrant: Sendable where Connection: Sendable {}

/// The decisions of a pool: a budget of connections for all databases, one for each server, and a queue for what goes
/// beyond them.
///
/// A plain value without sockets, threads and clocks; `PostgreSQLPool` does what its functions return. A *slot* is the
/// right to one connection. Every slot is free, idle (with an open connection) or lent (to a task that has a connection,
/// or makes one). Nobody waits for a slot that is free, unless as many connections are being opened as may be.
///
/// **Whose turn.** Claimants take turns, however many tasks of each wait: who asks for much waits for itself, not others
/// for it. But who has just had a connection to a database of its own opened is on a *visit*: it is served ahead of the
/// others, whatever database it wants, until that connection has served `tenure` tasks. Otherwise it would come back for
/// it when it has made room already.
///
/// **Whose connection.** Making one costs milliseconds of processor time on both sides, more than most statements. So a
/// connection that comes back goes to who can use it as it is, and the first in the queue is overtaken a few times. One
/// that nobody wants at the moment is kept for `grace`, although others wait: who has just used it may come again. That
/// ends for a database's last connection when it has served `tenure` tasks, and for a further one when the first in the
/// queue has been overtaken enough. And a task rather waits for a connection of its own database than have another's
/// closed, if one is lent and so will come back: for `patience`. No database has more than its share of the budget, or
/// the one that all want first would leave the others nothing. And few connections are opened at a time: many at once
/// take the processor from the tasks that have one, and none is there sooner.
///
/// **Who is late.** Visits make the wait of the others longer. They end for a task that has waited for half of its
/// time: any idle connection makes room for it, so that it is served before its time is up.
///
/// **Spare connections.** What can wait for a while needs no connection of its own: before a database's last one is closed
/// for another's task, it is lent to who waits for a spare one. That is no use of it which would keep it open for longer,
/// or count as one of those that it is kept for.
struct PoolState<Connection, Waiter> {
    typealias Instant = ContinuousClock.Instant

    typealias Grant = PoolGrant<Connection>

    /// A waiter and what to tell it, to be done once the lock is released.
    struct Resumption {
        var waiter: Waiter
        var outcome: Result<Grant, PostgreSQLError>
    }

    fileprivate struct Idle {
        var endpoint: PostgreSQLEndpoint
        var connection: Connection
        var since: Instant
    }

    fileprivate struct Queued {
        var id: UInt64
        var endpoint: PostgreSQLEndpoint
        var claimant: String
        var waiter: Waiter
        var since: Instant
        var deadline: Instant
        /// How many were served before it out of turn.
        var overtakers = 0

        func claim(at now: Instant) -> Claim {
            Claim(
                isPatient: now < since + PoolState.patience, isOvertaken: overtakers >= PoolState.overtakingLimit,
                isLate: now >= since + (deadline - since) / 2)
        }
    }

    /// How often the first in the queue may be overtaken.
    static var overtakingLimit: Int { 16 }

    /// How many tasks a database's last connection serves before it makes room for another's at once.
    static var tenure: Int { 20 }

    /// How long a connection lies idle before it makes room: longer than a client takes to send its next request, on a
    /// server that is busy.
    static var grace: Duration { .milliseconds(100) }

    /// How long a task waits for a connection of its own database before another's is closed for it.
    static var patience: Duration { .milliseconds(50) }

    private let budget: Int
    private let serverBudget: Int
    private let databaseBudget: Int
    private let openingLimit: Int
    private(set) var lentCount = 0
    /// How many of the lent slots have no connection yet.
    private var openingCount = 0
    private var holdings = PoolHoldings()
    /// The longest idle first.
    private var idle: [Idle] = []
    private var queue = TurnQueue<Queued>()
    /// Whether somebody may wait for a database of which a connection is idle: it came back when the first in the queue had
    /// been overtaken enough to have it closed.
    private var isPassedOver = false
    private var spareWaiters = SpareWaiters<Waiter>()
    /// Those who have been lent a spare connection and don't know yet.
    private var spared: [Resumption] = []
    private(set) var isClosed = false
    private var waits = PoolStatistics.Waits()

    /// - Parameters:
    ///   - budget: Slots in all.
    ///   - serverBudget: Slots for the databases of one server; nil for as many as there are.
    ///   - databaseBudget: Slots for one database; nil for as many as there are.
    ///   - openingLimit: How many connections may be being opened at a time; nil for any number.
    init(budget: Int, serverBudget: Int? = nil, databaseBudget: Int? = nil, openingLimit: Int? = nil) {
        precondition(
            budget > 0 && serverBudget ?? 1 > 0 && databaseBudget ?? 1 > 0 && openingLimit ?? 1 > 0,
            "A pool needs a budget of at least one connection.")
        self.budget = budget
        self.serverBudget = serverBudget ?? budget
        self.databaseBudget = databaseBudget ?? budget
        self.openingLimit = openingLimit ?? .max
    }

    var idleCount: Int { idle.count }
    var waiterCount: Int { queue.count }

    var statistics: PoolStatistics {
        PoolStatistics(maximum: budget, lent: lentCount, idle: idle.count, waiting: queue.count, waits: waits)
    }

    /// The error for everybody who comes to a closed pool.
    static var closedError: PostgreSQLError { .connectionFailed("the connection pool is closed") }

    // MARK: Events

    /// A task wants a connection.
    ///
    /// - Returns: What it gets, or nil if it has to wait.
    mutating func acquire(
        for endpoint: PostgreSQLEndpoint, claimant: String, at now: Instant
    ) throws(PostgreSQLError) -> Grant? {
        guard !isClosed else { throw Self.closedError }
        var spent: Set<String> = []
        return grant(for: endpoint, to: claimant, .patient, at: now, &spent)
    }

    /// A task that has to wait takes its place in the queue. What changed since it asked is looked at again.
    ///
    /// - Returns: A resumption if it doesn't have to wait any more.
    mutating func enqueue(
        _ id: UInt64,
        for endpoint: PostgreSQLEndpoint,
        claimant: String,
        _ waiter: Waiter,
        at now: Instant,
        deadline: Instant
    ) -> Resumption? {
        do throws(PostgreSQLError) {
            if let grant = try acquire(for: endpoint, claimant: claimant, at: now) {
                return Resumption(waiter: waiter, outcome: .success(grant))
            }
        } catch {
            return Resumption(waiter: waiter, outcome: .failure(error))
        }
        let queued = Queued(
            id: id, endpoint: endpoint, claimant: claimant, waiter: waiter, since: now, deadline: deadline)
        if let visit = holdings.visit(of: claimant), visit.served < Self.tenure {
            queue.appendAhead(queued, of: claimant)
        } else {
            queue.append(queued, of: claimant)
        }
        return nil
    }

    /// A task waits for a connection that nobody else has a use for.
    ///
    /// It is lent its database's last connection before that makes room for another's, or one that is idle when the time
    /// is up: see `takeSpared()`. Without one, it is told `PostgreSQLError.poolTimeout` then.
    ///
    /// - Returns: A resumption if the pool is closed.
    mutating func enqueueForSpare(
        _ id: UInt64, for endpoint: PostgreSQLEndpoint, _ waiter: Waiter, due: Instant
    ) -> Resumption? {
        guard !isClosed else { return Resumption(waiter: waiter, outcome: .failure(Self.closedError)) }
        spareWaiters.append(id, waiter, for: endpoint, due: due)
        return nil
    }

    /// Those who have been lent a spare connection since this was last asked: to be called after each event.
    mutating func takeSpared() -> [Resumption] {
        guard !spared.isEmpty else { return [] }
        defer { spared = [] }
        return spared
    }

    /// A task that got a slot has made its connection, or failed to.
    ///
    /// - Returns: The next in the queue, if there is a slot to make one for it.
    mutating func finishOpening(at now: Instant) -> Resumption? {
        openingCount -= 1
        return serveNext(at: now)
    }

    /// A waiting task was cancelled.
    ///
    /// - Returns: Nil if it had been given something meanwhile.
    mutating func cancel(_ id: UInt64) -> Resumption? {
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        return Resumption(waiter: queue.remove(at: index).waiter, outcome: .failure(.cancelled))
    }

    /// A task that waited for a spare connection was cancelled.
    ///
    /// - Returns: Nil if it had been given something meanwhile.
    mutating func cancelSpare(_ id: UInt64, for endpoint: PostgreSQLEndpoint) -> Resumption? {
        spareWaiters.remove(id, for: endpoint).map { Resumption(waiter: $0, outcome: .failure(.cancelled)) }
    }

    /// The waiters whose time is up, and those who have waited long enough for a connection to make room for them.
    mutating func expire(at now: Instant) -> [Resumption] {
        var resumptions: [Resumption] = []
        while let index = queue.firstIndex(where: { $0.deadline <= now }) {
            let waiter = queue.remove(at: index)
            waits.add(now - waiter.since, isInVain: true)
            resumptions.append(Resumption(waiter: waiter.waiter, outcome: .failure(.poolTimeout)))
        }
        for (endpoint, waiter) in spareWaiters.removeDue(at: now) {
            if let index = lastIdle(of: endpoint) {
                lendSpare(at: index, to: waiter)
            } else {
                resumptions.append(Resumption(waiter: waiter, outcome: .failure(.poolTimeout)))
            }
        }
        while let next = serveNext(at: now) { resumptions.append(next) }
        return resumptions
    }

    /// What becomes of a slot that was given back.
    struct Return {
        /// The next in the queue, which takes the slot over.
        var resumption: Resumption?
        /// The connection, if nobody has a use for it.
        var closing: Connection?
    }

    /// A task gives its slot back, with its connection, or without if it made none or it isn't fit for others. One that was
    /// lent as a spare connection counts as idle since it was so before.
    mutating func giveBack(
        _ connection: Connection?, of endpoint: PostgreSQLEndpoint, at now: Instant, idleSince since: Instant? = nil
    ) -> Return {
        lentCount -= 1
        guard let connection, !isClosed else {
            holdings.close(lent: endpoint)
            return Return(resumption: serveNext(at: now), closing: connection)
        }
        holdings.rest(endpoint)
        let place = since.flatMap { since in idle.firstIndex { $0.since > since } } ?? idle.endIndex
        idle.insert(Idle(endpoint: endpoint, connection: connection, since: since ?? now), at: place)
        return Return(resumption: serveReturned(of: endpoint, at: now) ?? serveNext(at: now))
    }

    /// Takes out the connections that have been idle since before an instant, to be closed.
    mutating func reap(idleSince cutoff: Instant) -> [Connection] {
        var reaped: [Connection] = []
        while let first = idle.first, first.since < cutoff { reaped.append(takeOut(at: 0)) }
        return reaped
    }

    struct Closure {
        /// Everybody who waited.
        var refused: [Resumption]
        /// The idle connections.
        var closing: [Connection]
    }

    /// Lends no more. Who waits is refused; who has a connection may finish.
    mutating func close() -> Closure {
        isClosed = true
        defer {
            idle = []
            queue = TurnQueue()
        }
        let refused = (queue.map(\.waiter) + spareWaiters.removeAll()).map { waiter in
            Resumption(waiter: waiter, outcome: .failure(Self.closedError))
        }
        return Closure(refused: refused, closing: idle.map(\.connection))
    }

    // MARK: Decisions

    /// How much somebody may take who wants a connection.
    fileprivate struct Claim {
        /// Whether another's connection is left alone while one of the own database is lent.
        var isPatient: Bool
        /// Whether others have been served before it often enough.
        var isOvertaken: Bool
        /// Whether half of its time is over.
        var isLate: Bool

        /// Whether more may be closed for it than for most.
        var isPressing: Bool { isOvertaken || isLate }

        static var patient: Claim { Claim(isPatient: true, isOvertaken: false, isLate: false) }
    }

    /// What there is for a database, and lends it. `spent` are the servers for which nothing can make room, as far as
    /// that has been found.
    private mutating func grant(
        for endpoint: PostgreSQLEndpoint, to claimant: String, _ claim: Claim, at now: Instant,
        _ spent: inout Set<String>
    ) -> Grant? {
        let holding = holdings[endpoint]
        if let index = lastIdle(of: endpoint) {
            let found = idle.remove(at: index)
            holdings.lend(endpoint, to: claimant, afterPause: found.since + Self.grace <= now)
            lentCount += 1
            return .connection(found.connection, idleSince: found.since)
        }
        guard openingCount < openingLimit else { return nil }
        if let holding, holding.count >= databaseBudget { return nil }
        let isServerSpent = holdings.count(at: endpoint.server) >= serverBudget
        guard isServerSpent || lentCount + idle.count >= budget else {
            take(endpoint, for: claimant)
            return .slot(closing: nil)
        }
        if claim.isPatient, holding != nil { return nil }
        guard claim.isPressing || !spent.contains(endpoint.server) else { return nil }
        let server = isServerSpent ? endpoint.server : nil
        var victim = victim(at: server, claim, at: now)
        if let index = victim, isSpareWanted(idle[index]),
            let waiter = spareWaiters.removeFirst(for: idle[index].endpoint)
        {
            lendSpare(at: index, to: waiter)
            victim = self.victim(at: server, claim, at: now) { !isSpareWanted($0) }
        }
        guard let victim else {
            spent.insert(endpoint.server)
            return nil
        }
        let closing = takeOut(at: victim)
        take(endpoint, for: claimant)
        return .slot(closing: closing)
    }

    /// The idle connection of a database that was used last.
    private func lastIdle(of endpoint: PostgreSQLEndpoint) -> Int? {
        guard let holding = holdings[endpoint], holding.idle > 0 else { return nil }
        return idle.lastIndex { $0.endpoint == endpoint }
    }

    /// Lends a slot for a new connection.
    private mutating func take(_ endpoint: PostgreSQLEndpoint, for claimant: String) {
        openingCount += 1
        lentCount += 1
        holdings.open(endpoint, for: claimant)
    }

    /// The first idle connection that may be closed for another database's waiter, of a server if one is given.
    private func victim(
        at server: String?, _ claim: Claim, at now: Instant, where isMeant: (Idle) -> Bool = { _ in true }
    ) -> Int? {
        idle.firstIndex { candidate in
            (server == nil || candidate.endpoint.server == server) && mayClose(candidate, claim, at: now)
                && isMeant(candidate)
        }
    }

    /// Whether somebody waits to use a connection before it is closed: the last of its database.
    private func isSpareWanted(_ candidate: Idle) -> Bool {
        guard holdings[candidate.endpoint]?.count == 1 else { return false }
        return spareWaiters.isWaiting(for: candidate.endpoint)
    }

    /// Lends an idle connection as a spare one: it counts as no use of it.
    private mutating func lendSpare(at index: Int, to waiter: Waiter) {
        let found = idle.remove(at: index)
        holdings.lendSpare(found.endpoint)
        lentCount += 1
        let grant = Grant.connection(found.connection, idleSince: found.since)
        spared.append(Resumption(waiter: waiter, outcome: .success(grant)))
    }

    /// Whether an idle connection may be closed for another database's waiter.
    private func mayClose(_ candidate: Idle, _ claim: Claim, at now: Instant) -> Bool {
        guard !claim.isLate, candidate.since + Self.grace > now, let holding = holdings[candidate.endpoint] else {
            return true
        }
        return holding.count > 1 ? claim.isOvertaken : holding.served >= Self.tenure
    }

    /// Takes an idle connection out, to be closed.
    private mutating func takeOut(at index: Int) -> Connection {
        let removed = idle.remove(at: index)
        holdings.close(idle: removed.endpoint)
        return removed.connection
    }

    /// Serves the first who can use a connection as it is that came back. It goes past those before it, unless the first in
    /// the queue has been overtaken enough, and can have it closed for one of its own.
    private mutating func serveReturned(of endpoint: PostgreSQLEndpoint, at now: Instant) -> Resumption? {
        guard let index = queue.firstIndex(where: { $0.endpoint == endpoint }) else { return nil }
        if index > 0 {
            guard queue[0].overtakers < Self.overtakingLimit || openingCount >= openingLimit else {
                isPassedOver = true
                return nil
            }
            queue[0].overtakers += 1
        }
        var spent: Set<String> = []
        return serve(index, .patient, at: now, &spent)
    }

    /// Serves the first in the queue for whom there is something: room for a connection, or an idle one that it was passed
    /// over with.
    private mutating func serveNext(at now: Instant) -> Resumption? {
        let mayOpen = openingCount < openingLimit
        guard mayOpen || isPassedOver else { return nil }
        var spent: Set<String> = []
        for index in 0..<queue.count {
            let endpoint = queue[index].endpoint
            let claim = queue[index].claim(at: now)
            let mayMakeRoom = mayOpen && (claim.isPressing || !spent.contains(endpoint.server))
            guard mayMakeRoom || (isPassedOver && lastIdle(of: endpoint) != nil) else { continue }
            if let resumption = serve(index, claim, at: now, &spent) { return resumption }
        }
        isPassedOver = false
        return nil
    }

    private mutating func serve(
        _ index: Int, _ claim: Claim, at now: Instant, _ spent: inout Set<String>
    ) -> Resumption? {
        let next = queue[index]
        guard let grant = grant(for: next.endpoint, to: next.claimant, claim, at: now, &spent) else { return nil }
        queue.remove(at: index)
        waits.add(now - next.since, isInVain: false)
        return Resumption(waiter: next.waiter, outcome: .success(grant))
    }
}

extension PoolState: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Idle: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Queued: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Resumption: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Return: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Closure: Sendable where Connection: Sendable, Waiter: Sendable {}
