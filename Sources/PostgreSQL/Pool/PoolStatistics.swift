/// What a pool has at a moment, and what has happened since it was made.
package struct PoolStatistics: Hashable, Sendable {
    /// The budget.
    package let maximum: Int
    /// Slots in use: a task has a connection, or makes one.
    package let lent: Int
    /// Connections that lie idle.
    package let idle: Int
    /// Tasks that wait for a connection now.
    package let waiting: Int
    /// The waits that have ended.
    package let waits: Waits
    /// Connections opened, those since closed included.
    package internal(set) var opened = 0

    /// Waits for a connection, when none was to be had at once.
    package struct Waits: Hashable, Sendable {
        /// Those that ended with a connection or in vain; one that was cancelled doesn't count.
        package private(set) var count = 0
        /// Those that ended with `PostgreSQLError.poolTimeout`.
        package private(set) var inVain = 0
        /// How long they took together.
        package private(set) var time = Duration.zero

        mutating func add(_ duration: Duration, isInVain: Bool) {
            count += 1
            inVain += isInVain ? 1 : 0
            time += duration
        }
    }

    init(maximum: Int, lent: Int, idle: Int, waiting: Int, waits: Waits) {
        self.maximum = maximum
        self.lent = lent
        self.idle = idle
        self.waiting = waiting
        self.waits = waits
    }
}
