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
/// connection, or makes one). Nobody waits while a slot is free or idle.
///
/// The queue is served in the order of coming, with one exception: a connection that is given back goes to who can use
/// it as it is, if they wait close behind. Else a pool whose databases are asked for in turn would close and make a
/// connection at every turn. The first in the queue is overtaken a few times at most.
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
        var deadline: Instant
        /// How many came later and went first.
        var overtakers = 0
    }

    /// How often the first in the queue may be overtaken, and from how far behind.
    static var overtakingLimit: Int { 16 }

    let budget: Int
    private(set) var lentCount = 0
    /// The longest idle first.
    private var idle: [Idle] = []
    /// In the order of their coming. All wait equally long, so in the order of their deadlines too.
    private var queue: [Queued] = []
    private(set) var isClosed = false

    init(budget: Int) {
        precondition(budget > 0, "A pool needs a budget of at least one connection.")
        self.budget = budget
    }

    var idleCount: Int { idle.count }
    var waiterCount: Int { queue.count }

    /// The error for everybody who comes to a closed pool.
    static var closedError: PostgreSQLError { .connectionFailed("the connection pool is closed") }

    /// A task wants a connection.
    ///
    /// - Returns: What it gets, or nil if it has to wait.
    mutating func acquire(for endpoint: PostgreSQLEndpoint) throws(PostgreSQLError) -> Grant? {
        guard !isClosed else { throw Self.closedError }
        if let index = idle.lastIndex(where: { $0.endpoint == endpoint }) {
            lentCount += 1
            return .connection(idle.remove(at: index).connection)
        }
        guard lentCount < budget else { return nil }
        lentCount += 1
        let isSpent = lentCount + idle.count > budget
        return .slot(closing: isSpent ? idle.removeFirst().connection : nil)
    }

    /// A task that has to wait takes its place in the queue. What changed since it asked is looked at again.
    ///
    /// - Returns: A resumption if it doesn't have to wait any more.
    mutating func enqueue(
        _ id: UInt64,
        for endpoint: PostgreSQLEndpoint,
        _ waiter: Waiter,
        deadline: Instant
    ) -> Resumption? {
        do throws(PostgreSQLError) {
            if let grant = try acquire(for: endpoint) { return Resumption(waiter: waiter, outcome: .success(grant)) }
        } catch {
            return Resumption(waiter: waiter, outcome: .failure(error))
        }
        queue.append(Queued(id: id, endpoint: endpoint, waiter: waiter, deadline: deadline))
        return nil
    }

    /// A waiting task was cancelled.
    ///
    /// - Returns: Nil if it had been given something meanwhile.
    mutating func cancel(_ id: UInt64) -> Resumption? {
        guard let index = queue.firstIndex(where: { $0.id == id }) else { return nil }
        return Resumption(waiter: queue.remove(at: index).waiter, outcome: .failure(.cancelled))
    }

    /// The waiters whose time is up.
    mutating func expire(at now: Instant) -> [Resumption] {
        let expired = queue.prefix { $0.deadline <= now }
        queue.removeFirst(expired.count)
        return expired.map { Resumption(waiter: $0.waiter, outcome: .failure(.poolTimeout)) }
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
        if queue.isEmpty {
            lentCount -= 1
            guard let connection else { return Return() }
            guard !isClosed else { return Return(closing: connection) }
            idle.append(Idle(endpoint: endpoint, connection: connection, since: now))
            return Return()
        }
        let next = takeNext(for: connection == nil ? nil : endpoint)
        let grant: Grant =
            if let connection, next.endpoint == endpoint { .connection(connection) } else { .slot(closing: connection) }
        return Return(resumption: Resumption(waiter: next.waiter, outcome: .success(grant)))
    }

    /// Takes out of the queue who is next for a slot, and for the connection to `endpoint` that comes with it.
    private mutating func takeNext(for endpoint: PostgreSQLEndpoint?) -> Queued {
        guard let endpoint, queue[0].endpoint != endpoint, queue[0].overtakers < Self.overtakingLimit,
            let index = queue.prefix(Self.overtakingLimit + 1).firstIndex(where: { $0.endpoint == endpoint })
        else { return queue.removeFirst() }
        queue[0].overtakers += 1
        return queue.remove(at: index)
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
