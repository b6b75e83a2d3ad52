package import AccordCore
import Synchronization

/// What was looked up lately, for as long as nothing has changed in the table that it comes from.
package final class LookUpCache<Key: Hashable & Sendable, Value: Identifiable & Sendable>: Sendable
where Value.ID: UUIDIdentifier {
    package let table: FollowedTable
    private let state: Mutex<LookUpCacheState<Key, Value>>

    /// Makes an empty cache, which keeps nothing before a `ChangeListener` follows the table for it.
    ///
    /// - Parameters:
    ///   - table: where the values come from.
    ///   - capacity: how many values it keeps at most.
    package init(of table: FollowedTable, capacity: Int) {
        self.table = table
        state = Mutex(LookUpCacheState(capacity: capacity))
    }

    /// What a cache holds, and what has happened since it was made.
    package struct Statistics: Hashable, Sendable {
        /// Look-ups that were answered from memory.
        package var hits: Int
        /// Look-ups that asked the database.
        package var misses: Int
        /// How many values it holds.
        package var count: Int
        /// Whether values are handed out now.
        package var isUsable: Bool
    }

    package var statistics: Statistics {
        state.withLock {
            Statistics(hits: $0.hits, misses: $0.misses, count: $0.count, isUsable: $0.isUsable(at: .now))
        }
    }

    /// The value of a key, looked up now if it isn't known.
    ///
    /// Requests that miss the same key at once each look it up.
    func value(
        of key: Key, lookUp: () async throws(AccordError) -> Value?
    ) async throws(AccordError) -> Value? {
        switch state.withLock({ $0.find(key, at: .now) }) {
        case .known(let value):
            return value
        case .unknown(let generation):
            guard let value = try await lookUp() else { return nil }
            state.withLock { $0.insert(value, for: key, generation: generation) }
            return value
        }
    }
}

extension LookUpCache: ChangeFollower {
    package func confirm(until instant: ContinuousClock.Instant) { state.withLock { $0.confirm(until: instant) } }

    package func changed(row: String) {
        if let id = Value.ID(row) {
            state.withLock { $0.changed(id) }
        } else {
            state.withLock { $0.changed() }
        }
    }

    package func stop() { state.withLock { $0.stop() } }
}
