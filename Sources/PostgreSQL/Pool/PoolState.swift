/// What a pool gives to a task that wants a connection.
enum PoolGrant<Connection> {
    case connection(Connection)
    /// Make a connection; this one must be closed first, to keep to the budget.
    case slot(closing: Connection?)
}

extension PoolGrant: Sendable where Connection: Sendable {}

/// The decisions of a pool: one budget of connections for all databases, and a queue for what goes beyond it.
///
/// A plain value without sockets, threads and clocks; `PostgreSQLPool` does what its functions return. A *slot* is the
/// right to one connection. Every slot is free, idle (with an open connection) or lent (to a task that has a
/// connection, or makes one). Nobody waits while a slot is free.
///
/// Making a connection costs milliseconds of processor time on both sides, more than most statements. So a task rather
/// waits for a connection of its own database than have another database's closed, if one is lent and so will come
/// back: for `patience`. And a connection that comes back goes to who can use it as it is, if they wait close behind the
/// first in the queue, who is overtaken a few times at most. Else the queue is served in the order of coming.
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
        /// Until when it would rather have a connection of its own database than a slot of another's.
        var patientUntil: Instant
        /// How many came later and went first.
        var overtakers = 0
    }

    /// How often the first in the queue may be overtaken, and from how far behind.
    static var overtakingLimit: Int { 16 }

    /// How long a task waits for a connection of its own database before another's is closed for it.
    static var patience: Duration { .milliseconds(50) }

    let budget: Int
    private(set) var lentCount = 0
    /// How many of the lent slots are of a database; no entry for none.
    private var lent: [PostgreSQLEndpoint: Int] = [:]
    /// The longest idle first.
    private var idle: [Idle] = []
    /// In the order of their coming. All wait equally long, so in the order of their deadlines too.
    private var queue: [Queued] = []
    private(set) var isClosed = false
    private var waits = PoolStatistics.Waits()

    init(budget: Int) {
        precondition(budget > 0, "A pool needs a budget of at least one connection.")
        self.budget = budget
    }

    var idleCount: Int { idle.count }
    var waiterCount: Int { queue.count }

    var statistics: PoolStatistics {
        PoolStatistics(maximum: budget, lent: lentCount, idle: idle.count, waiting: queue.count, waits: waits)
    }

    /// The error for everybody who comes to a closed pool.
    static var closedError: PostgreSQLError { .connectionFailed("the connection pool is closed") }

    /// A task wants a connection.
    ///
    /// - Returns: What it gets, or nil if it has to wait.
    mutating func acquire(for endpoint: PostgreSQLEndpoint) throws(PostgreSQLError) -> Grant? {
        guard !isClosed else { throw Self.closedError }
        if let index = idle.lastIndex(where: { $0.endpoint == endpoint }) {
            lend(endpoint)
            return .connection(idle.remove(at: index).connection)
        }
        let isSpent = lentCount + idle.count >= budget
        guard !isSpent || (!idle.isEmpty && lent[endpoint] == nil) else { return nil }
        lend(endpoint)
        return .slot(closing: isSpent ? idle.removeFirst().connection : nil)
    }

    private mutating func lend(_ endpoint: PostgreSQLEndpoint) {
        lentCount += 1
        lent[endpoint, default: 0] += 1
    }

    /// A task that has to wait takes its place in the queue. What changed since it asked is looked at again.
    ///
    /// - Returns: A resumption if it doesn't have to wait any more.
    mutating func enqueue(
        _ id: UInt64,
        for endpoint: PostgreSQLEndpoint,
        _ waiter: Waiter,
        at now: Instant,
        deadline: Instant
    ) -> Resumption? {
        do throws(PostgreSQLError) {
            if let grant = try acquire(for: endpoint) { return Resumption(waiter: waiter, outcome: .success(grant)) }
        } catch {
            return Resumption(waiter: waiter, outcome: .failure(error))
        }
        queue.append(
            Queued(
                id: id, endpoint: endpoint, waiter: waiter, since: now, deadline: deadline,
                patientUntil: now + Self.patience))
        return nil
    }

    /// A waiting task was cancelled.
    ///
    /// - Returns: Nil if it had been given something meanwhile.
    mutating func cancel(_ id: UInt64) -> Resumption? {
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        return Resumption(waiter: queue.remove(at: index).waiter, outcome: .failure(.cancelled))
    }

    /// The waiters whose time is up, and those who have been patient enough to get an idle connection's slot.
    mutating func expire(at now: Instant) -> [Resumption] {
        let expired = queue.prefix { $0.deadline <= now }
        queue.removeFirst(expired.count)
        for waiter in expired { waits.add(now - waiter.since, isInVain: true) }
        var resumptions = expired.map { Resumption(waiter: $0.waiter, outcome: .failure(.poolTimeout)) }
        while let first = queue.first, !idle.isEmpty, mayHaveAnothers(first, at: now) {
            let grant = Grant.slot(closing: idle.removeFirst().connection)
            resumptions.append(hand(grant, to: queue.removeFirst(), at: now))
        }
        return resumptions
    }

    /// Whether another database's connection may be closed for a waiter.
    private func mayHaveAnothers(_ waiter: Queued, at now: Instant) -> Bool {
        lent[waiter.endpoint] == nil || waiter.patientUntil <= now
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
        lent[endpoint] = lent[endpoint].flatMap { $0 > 1 ? $0 - 1 : nil }
        guard let connection else {
            guard !queue.isEmpty else { return Return() }
            return Return(resumption: hand(.slot(closing: nil), to: queue.removeFirst(), at: now))
        }
        if isClosed { return Return(closing: connection) }
        if let index = nextUser(of: endpoint) {
            return Return(resumption: hand(.connection(connection), to: queue.remove(at: index), at: now))
        }
        if let first = queue.first, mayHaveAnothers(first, at: now) {
            return Return(resumption: hand(.slot(closing: connection), to: queue.removeFirst(), at: now))
        }
        idle.append(Idle(endpoint: endpoint, connection: connection, since: now))
        return Return()
    }

    private mutating func hand(_ grant: Grant, to next: Queued, at now: Instant) -> Resumption {
        lend(next.endpoint)
        waits.add(now - next.since, isInVain: false)
        return Resumption(waiter: next.waiter, outcome: .success(grant))
    }

    /// Who is next for a connection as it is; nil when nobody near the head of the queue wants it, or when the first has
    /// been overtaken often enough.
    private mutating func nextUser(of endpoint: PostgreSQLEndpoint) -> Int? {
        let index = queue.prefix(Self.overtakingLimit + 1).firstIndex { $0.endpoint == endpoint }
        guard let index, index > 0 else { return index }
        guard queue[0].overtakers < Self.overtakingLimit else { return nil }
        queue[0].overtakers += 1
        return index
    }

    /// Takes out the connections that have been idle since before an instant, to be closed.
    mutating func reap(idleSince cutoff: Instant) -> [Connection] {
        let reaped = idle.prefix { $0.since < cutoff }
        idle.removeFirst(reaped.count)
        return reaped.map(\.connection)
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
            queue = []
        }
        let refused = queue.map { Resumption(waiter: $0.waiter, outcome: .failure(Self.closedError)) }
        return Closure(refused: refused, closing: idle.map(\.connection))
    }
}

extension PoolState: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Idle: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Queued: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Resumption: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Return: Sendable where Connection: Sendable, Waiter: Sendable {}
extension PoolState.Closure: Sendable where Connection: Sendable, Waiter: Sendable {}
