internal import Synchronization

/// What is known of a store from the calls so far, shared by all who use it.
package final class StoreState: Sendable {
    private let breaker: Mutex<CircuitBreaker>
    private let isWithoutMultipart = Atomic(false)
    private let retryCount = Atomic(0)
    private let refusedCount = Atomic(0)

    package init(breaker: CircuitBreaker = CircuitBreaker()) {
        self.breaker = Mutex(breaker)
    }

    /// What metrics tell.
    package struct Statistics: Sendable, Hashable {
        /// Whether calls are refused at once, since the store can't be reached.
        package let isCircuitOpen: Bool
        /// How often that began.
        package let openings: Int
        /// Calls that were refused for it.
        package let refusedCalls: Int
        /// Attempts beyond a call's first.
        package let retries: Int
    }

    package var statistics: Statistics {
        let (isOpen, openings) = breaker.withLock { ($0.isOpen, $0.openings) }
        return Statistics(
            isCircuitOpen: isOpen, openings: openings, refusedCalls: refusedCount.load(ordering: .relaxed),
            retries: retryCount.load(ordering: .relaxed))
    }

    /// Whether the store has said that it takes objects in one piece only. Kept for the life of the process.
    var lacksMultipart: Bool {
        get { isWithoutMultipart.load(ordering: .relaxed) }
        set { isWithoutMultipart.store(newValue, ordering: .relaxed) }
    }

    func admit() -> CircuitBreaker.Admission {
        let admission = breaker.withLock { $0.admit(at: .now) }
        if admission == .refuse { refusedCount.add(1, ordering: .relaxed) }
        return admission
    }

    func answered() { breaker.withLock { $0.answered() } }

    func failed() { breaker.withLock { $0.failed(at: .now) } }

    func probeFailed(isGivenUp: Bool) { breaker.withLock { $0.probeFailed(isGivenUp: isGivenUp, at: .now) } }

    func countRetry() { retryCount.add(1, ordering: .relaxed) }
}
