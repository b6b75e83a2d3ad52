/// Those who wait for a connection that nobody else has a use for, by database, in the order of their coming.
struct SpareWaiters<Waiter> {
    typealias Instant = ContinuousClock.Instant

    fileprivate struct Entry {
        var id: UInt64
        var waiter: Waiter
        var due: Instant
    }

    /// No entry for a database that nobody waits for.
    private var lines: [PostgreSQLEndpoint: [Entry]] = [:]
    /// Nobody is due before.
    private var nextDue: Instant?

    /// Takes somebody in.
    ///
    /// - Parameters:
    ///   - id: Their number, by which they may be taken out.
    ///   - waiter: Who it is.
    ///   - endpoint: The database.
    ///   - due: Until when they wait.
    mutating func append(_ id: UInt64, _ waiter: Waiter, for endpoint: PostgreSQLEndpoint, due: Instant) {
        lines[endpoint, default: []].append(Entry(id: id, waiter: waiter, due: due))
        nextDue = nextDue.map { min($0, due) } ?? due
    }

    /// Whether somebody waits for a database's.
    func isWaiting(for endpoint: PostgreSQLEndpoint) -> Bool { lines[endpoint] != nil }

    /// Takes out who came first of those that wait for a database's.
    mutating func removeFirst(for endpoint: PostgreSQLEndpoint) -> Waiter? {
        lines[endpoint].flatMap { $0.first }.flatMap { remove($0.id, for: endpoint) }
    }

    /// Takes somebody out who waits no longer.
    mutating func remove(_ id: UInt64, for endpoint: PostgreSQLEndpoint) -> Waiter? {
        guard let index = lines[endpoint]?.firstIndex(where: { $0.id == id }) else { return nil }
        let entry = lines[endpoint]?.remove(at: index)
        if lines[endpoint]?.isEmpty == true { lines[endpoint] = nil }
        return entry?.waiter
    }

    /// Takes out who is due.
    mutating func removeDue(at now: Instant) -> [(endpoint: PostgreSQLEndpoint, waiter: Waiter)] {
        guard let nextDue, nextDue <= now else { return [] }
        var due: [(endpoint: PostgreSQLEndpoint, waiter: Waiter)] = []
        for (endpoint, line) in lines {
            for entry in line where entry.due <= now {
                _ = remove(entry.id, for: endpoint)
                due.append((endpoint, entry.waiter))
            }
        }
        self.nextDue = lines.values.joined().map(\.due).min()
        return due
    }

    /// Takes everybody out.
    mutating func removeAll() -> [Waiter] {
        defer { lines = [:] }
        return lines.values.joined().map(\.waiter)
    }
}

extension SpareWaiters: Sendable where Waiter: Sendable {}
extension SpareWaiters.Entry: Sendable where Waiter: Sendable {}
