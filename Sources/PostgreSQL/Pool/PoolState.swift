/// What a pool gives to a task that wants a connection.
enum PoolGrant<Connection> {
    case connection(Connection)
    /// Make a connection; this one must be closed first, to keep to the budget.
    case slot(closing: Connection?)
}

extension PoolGrant: Sendable where Connection: Sendable {}

/// The decisions of a pool: a budget of connections for all databases, one for each server, and a queue for what goes
/// beyond them.
///
/// A plain value without sockets, threads and clocks; `PostgreSQLPool` does what its functions return. A *slot* is the
/// right to one connection. Every slot is free, idle (with an open connection) or lent (to a task that has a connection,
/// or makes one). Nobody waits for a slot that is free.
///
/// **Whose turn.** Claimants take turns, however many tasks of each wait: who asks for much waits for itself, not others
/// for it.
///
/// **Whose connection.** Making one costs milliseconds of processor time on both sides, more than most statements. So a
/// connection that comes back goes to who can use it as it is, and the first in the queue is overtaken a few times. One
/// that nobody wants at the moment is kept for `grace`, although others wait: who has just used it may come again. That
/// ends for a database's last connection when it has served `tenure` tasks, and for a further one when the first in the
/// queue has been overtaken enough. And a task rather waits for a connection of its own database than have another's
/// closed, if one is lent and so will come back: for `patience`.
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
        var waiter: Waiter
        var since: Instant
        var deadline: Instant
        /// How many were served before it out of turn.
        var overtakers = 0
    }

    /// What is open of one database.
    private struct Holding {
        var lent = 0
        var idle = 0
        /// How many tasks its connections have served since the first of them was opened.
        var served = 0
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
    private(set) var lentCount = 0
    /// By database; no entry where nothing is open.
    private var holdings: [PostgreSQLEndpoint: Holding] = [:]
    /// How many slots are taken, by server; no entry for none.
    private var taken: [String: Int] = [:]
    /// The longest idle first.
    private var idle: [Idle] = []
    private var queue = TurnQueue<Queued>()
    private(set) var isClosed = false
    private var waits = PoolStatistics.Waits()

    /// - Parameters:
    ///   - budget: Slots in all.
    ///   - serverBudget: Slots for the databases of one server; nil for as many as there are.
    init(budget: Int, serverBudget: Int? = nil) {
        precondition(budget > 0 && serverBudget ?? 1 > 0, "A pool needs a budget of at least one connection.")
        self.budget = budget
        self.serverBudget = serverBudget ?? budget
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
    mutating func acquire(for endpoint: PostgreSQLEndpoint, at now: Instant) throws(PostgreSQLError) -> Grant? {
        guard !isClosed else { throw Self.closedError }
        return grant(for: endpoint, .patient, at: now)
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
            if let grant = try acquire(for: endpoint, at: now) {
                return Resumption(waiter: waiter, outcome: .success(grant))
            }
        } catch {
            return Resumption(waiter: waiter, outcome: .failure(error))
        }
        queue.append(
            Queued(id: id, endpoint: endpoint, waiter: waiter, since: now, deadline: deadline), of: claimant)
        return nil
    }

    /// A waiting task was cancelled.
    ///
    /// - Returns: Nil if it had been given something meanwhile.
    mutating func cancel(_ id: UInt64) -> Resumption? {
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        return Resumption(waiter: queue.remove(at: index).waiter, outcome: .failure(.cancelled))
    }

    /// The waiters whose time is up, and those who have waited long enough for a connection to make room for them.
    mutating func expire(at now: Instant) -> [Resumption] {
        var resumptions: [Resumption] = []
        while let index = queue.firstIndex(where: { $0.deadline <= now }) {
            let waiter = queue.remove(at: index)
            waits.add(now - waiter.since, isInVain: true)
            resumptions.append(Resumption(waiter: waiter.waiter, outcome: .failure(.poolTimeout)))
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

    /// A task gives its slot back, with its connection, or without if it made none or it isn't fit for others.
    mutating func giveBack(_ connection: Connection?, of endpoint: PostgreSQLEndpoint, at now: Instant) -> Return {
        lentCount -= 1
        holdings[endpoint]?.lent -= 1
        guard let connection, !isClosed else {
            leave(endpoint)
            return Return(resumption: serveNext(at: now), closing: connection)
        }
        holdings[endpoint]?.idle += 1
        idle.append(Idle(endpoint: endpoint, connection: connection, since: now))
        return Return(resumption: serveOvertaker(of: endpoint, at: now) ?? serveNext(at: now))
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
        let refused = queue.map { Resumption(waiter: $0.waiter, outcome: .failure(Self.closedError)) }
        return Closure(refused: refused, closing: idle.map(\.connection))
    }

    // MARK: Decisions

    /// How much somebody may take who wants a connection.
    private struct Claim {
        /// Whether another's connection is left alone while one of the own database is lent.
        var isPatient: Bool
        /// Whether others have been served before it often enough.
        var isOvertaken: Bool

        static var patient: Claim { Claim(isPatient: true, isOvertaken: false) }
    }

    /// What there is for a database, and lends it.
    private mutating func grant(for endpoint: PostgreSQLEndpoint, _ claim: Claim, at now: Instant) -> Grant? {
        if let index = idle.lastIndex(where: { $0.endpoint == endpoint }) {
            let connection = idle.remove(at: index).connection
            holdings[endpoint]?.idle -= 1
            lend(endpoint)
            return .connection(connection)
        }
        let isServerSpent = taken[endpoint.server, default: 0] >= serverBudget
        guard isServerSpent || lentCount + idle.count >= budget else {
            taken[endpoint.server, default: 0] += 1
            lend(endpoint)
            return .slot(closing: nil)
        }
        if claim.isPatient, holdings[endpoint] != nil { return nil }
        let victim = idle.firstIndex { candidate in
            (!isServerSpent || candidate.endpoint.server == endpoint.server) && mayClose(candidate, claim, at: now)
        }
        guard let victim else { return nil }
        let closing = takeOut(at: victim)
        taken[endpoint.server, default: 0] += 1
        lend(endpoint)
        return .slot(closing: closing)
    }

    private mutating func lend(_ endpoint: PostgreSQLEndpoint) {
        lentCount += 1
        holdings[endpoint, default: Holding()].lent += 1
        holdings[endpoint]?.served += 1
    }

    /// Whether an idle connection may be closed for another database's waiter.
    private func mayClose(_ candidate: Idle, _ claim: Claim, at now: Instant) -> Bool {
        guard candidate.since + Self.grace > now, let holding = holdings[candidate.endpoint] else { return true }
        return holding.lent + holding.idle > 1 ? claim.isOvertaken : holding.served >= Self.tenure
    }

    /// Takes an idle connection out, to be closed.
    private mutating func takeOut(at index: Int) -> Connection {
        let removed = idle.remove(at: index)
        holdings[removed.endpoint]?.idle -= 1
        leave(removed.endpoint)
        return removed.connection
    }

    /// Frees a slot of a database.
    private mutating func leave(_ endpoint: PostgreSQLEndpoint) {
        if let holding = holdings[endpoint], holding.lent + holding.idle == 0 { holdings[endpoint] = nil }
        taken[endpoint.server] = taken[endpoint.server].flatMap { $0 > 1 ? $0 - 1 : nil }
    }

    /// Serves the first who can use an idle connection as it is, unless the first in the queue has been overtaken enough.
    private mutating func serveOvertaker(of endpoint: PostgreSQLEndpoint, at now: Instant) -> Resumption? {
        guard let index = queue.firstIndex(where: { $0.endpoint == endpoint }), index > 0,
            queue[0].overtakers < Self.overtakingLimit
        else { return nil }
        queue[0].overtakers += 1
        return serve(index, .patient, at: now)
    }

    /// Serves the first in the queue for whom there is something.
    private mutating func serveNext(at now: Instant) -> Resumption? {
        // One look for each database: for its other waiters there is no more than for its first.
        var refused: Set<PostgreSQLEndpoint> = []
        for index in 0..<queue.count {
            let waiter = queue[index]
            guard !refused.contains(waiter.endpoint) else { continue }
            let claim = Claim(
                isPatient: now < waiter.since + Self.patience, isOvertaken: waiter.overtakers >= Self.overtakingLimit)
            if let resumption = serve(index, claim, at: now) { return resumption }
            refused.insert(waiter.endpoint)
        }
        return nil
    }

    private mutating func serve(_ index: Int, _ claim: Claim, at now: Instant) -> Resumption? {
        guard let grant = grant(for: queue[index].endpoint, claim, at: now) else { return nil }
        let waiter = queue.remove(at: index)
        waits.add(now - waiter.since, isInVain: false)
        return Resumption(waiter: waiter.waiter, outcome: .success(grant))
    }
}

extension PoolState: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Idle: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Queued: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Resumption: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Return: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Closure: Sendable where Connection: Sendable, Waiter: Sendable {}
