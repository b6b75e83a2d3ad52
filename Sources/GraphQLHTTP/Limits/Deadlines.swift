import Synchronization

/// Moments that mostly don't come, since what they limit is done before: the deadlines of requests.
///
/// A `Task.sleep` of its own for each would be simpler, but one that is cancelled keeps its timer and half a kilobyte until
/// its time is up: at ten thousand requests a second and a minute each, 300 MB. Here one sleeps for all.
final class Deadlines: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// One that waits, for as long as somebody holds it.
    struct ID: Hashable, Sendable {
        fileprivate let number: Int
    }

    private struct State {
        var lastNumber = 0
        var waiting: [ID: (deadline: Instant, onExpiry: @Sendable () -> Void)] = [:]
        /// When the next one wakes who sleeps; nil when nobody does.
        var nextWakeUp: Instant?

        /// Whether someone is to sleep until a deadline, because nobody wakes up before.
        mutating func wakesUp(at deadline: Instant) -> Bool {
            guard nextWakeUp.map({ deadline < $0 }) ?? true else { return false }
            nextWakeUp = deadline
            return true
        }
    }

    private let state = Mutex(State())

    /// Calls `onExpiry` when the deadline has passed, unless it is removed before.
    func add(_ deadline: Instant, onExpiry: @escaping @Sendable () -> Void) -> ID {
        let (id, sleeps) = state.withLock { state in
            state.lastNumber += 1
            let id = ID(number: state.lastNumber)
            state.waiting[id] = (deadline, onExpiry)
            return (id, state.wakesUp(at: deadline))
        }
        if sleeps { sleep(until: deadline) }
        return id
    }

    /// Forgets a deadline, which may have passed.
    func remove(_ id: ID) {
        state.withLock { $0.waiting[id] = nil }
    }

    private func sleep(until moment: Instant) {
        Task { [weak self] in
            try? await Task.sleep(until: moment, clock: .continuous)
            self?.wakeUp(at: moment)
        }
    }

    /// Calls those whose time is up, and sleeps until the next. Looks at all of them, but no deadline that is met wakes
    /// anybody: so it happens once in the time that requests may take.
    private func wakeUp(at moment: Instant) {
        var expired: [@Sendable () -> Void] = []
        var next: Instant?
        state.withLock { state in
            // Someone wakes up earlier since, or has.
            guard state.nextWakeUp == moment else { return }
            state.nextWakeUp = nil
            let now = Instant.now
            for (id, (deadline, onExpiry)) in state.waiting where deadline <= now {
                expired.append(onExpiry)
                state.waiting[id] = nil
            }
            next = state.waiting.values.map(\.deadline).min()
            if let next { _ = state.wakesUp(at: next) }
        }
        for onExpiry in expired { onExpiry() }
        if let next { sleep(until: next) }
    }
}
