import AccordCore

/// What is to be written into the audit logs: a line of events for each tenant that has some.
///
/// A plain value: `AuditWriter` guards it, and does what it says.
struct AuditQueue<Waiter> {
    /// How much may stand in the line of one tenant, and in all together. An event weighs 1, and more if it is about many
    /// agreements.
    let maximumWeight: (ofTenant: Int, ofAll: Int)
    /// How many events are written at a time.
    let batchSize: Int

    private struct Line {
        let tenant: Tenant
        var events: [AuditEvent] = []
        var weight = 0
        var isBeingWritten = false
    }

    private var lines: [TenantID: Line] = [:]
    private var weight = 0
    private var waiters: [Waiter] = []
    private(set) var isClosed = false
    /// How many events are in it.
    private(set) var count = 0

    init(maximumWeight: (ofTenant: Int, ofAll: Int), batchSize: Int) {
        self.maximumWeight = maximumWeight
        self.batchSize = batchSize
    }

    /// What became of events that were to be added.
    enum Addition: Equatable {
        /// They are in a line, which somebody has to be told of if it is new: nobody writes it yet.
        case added(toNewLine: Bool)
        case full
        case closed
    }

    /// Adds a request's events, all or none. What is more than there is ever room for has room alone.
    mutating func add(_ events: [AuditEvent], of tenant: Tenant) -> Addition {
        guard !isClosed else { return .closed }
        let added = events.reduce(0) { $0 + $1.weight }
        let isNew = lines[tenant.id] == nil
        let line = lines[tenant.id]?.weight ?? 0
        guard line == 0 || line + added <= maximumWeight.ofTenant, weight == 0 || weight + added <= maximumWeight.ofAll
        else { return .full }
        lines[tenant.id, default: Line(tenant: tenant)].events += events
        lines[tenant.id]?.weight += added
        weight += added
        count += events.count
        return .added(toNewLine: isNew)
    }

    /// Takes down who waits for room.
    ///
    /// - Returns: Whether they wait; false when there is nothing to wait for.
    mutating func wait(_ waiter: Waiter) -> Bool {
        guard !isClosed, weight > 0 else { return false }
        waiters.append(waiter)
        return true
    }

    /// The tenants whose lines nobody writes; somebody does from now on.
    mutating func start() -> [Tenant] {
        var tenants: [Tenant] = []
        for (id, line) in lines where !line.isBeingWritten {
            lines[id]?.isBeingWritten = true
            tenants.append(line.tenant)
        }
        return tenants
    }

    /// The first events of a line, which stay in it.
    func batch(of tenant: Tenant) -> [AuditEvent] {
        lines[tenant.id].map { Array($0.events.prefix(batchSize)) } ?? []
    }

    /// Ends a line that has no more events: nobody writes it any longer.
    ///
    /// - Returns: Whether it has none.
    mutating func finish(_ tenant: Tenant) -> Bool {
        guard lines[tenant.id]?.events.isEmpty ?? true else { return false }
        lines[tenant.id] = nil
        return true
    }

    /// Whether a line is long enough to be written without waiting for more.
    func hasFullBatch(of tenant: Tenant) -> Bool { lines[tenant.id]?.events.count ?? 0 >= batchSize }

    /// Takes the first events out of a line.
    ///
    /// - Returns: Those who waited for room.
    mutating func remove(_ number: Int, of tenant: Tenant) -> [Waiter] {
        guard let line = lines[tenant.id] else { return [] }
        let removed = line.events.prefix(number)
        let lighter = removed.reduce(0) { $0 + $1.weight }
        lines[tenant.id]?.events.removeFirst(removed.count)
        lines[tenant.id]?.weight -= lighter
        weight -= lighter
        count -= removed.count
        return takeWaiters()
    }

    /// Takes no more from now on.
    ///
    /// - Returns: Those who waited for room, in vain.
    mutating func close() -> [Waiter] {
        isClosed = true
        return takeWaiters()
    }

    private mutating func takeWaiters() -> [Waiter] {
        defer { waiters = [] }
        return waiters
    }
}

extension AuditEvent {
    /// About how much memory it takes, in units of some hundred bytes.
    fileprivate var weight: Int { 1 + agreementIDs.count / 16 }
}
