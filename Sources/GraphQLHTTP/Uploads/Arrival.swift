import Synchronization

/// An outcome that arrives once and that any number of tasks wait for.
final class Arrival<Value: Sendable, Failure: Error>: Sendable {
    typealias Outcome = Result<Value, Failure>
    private typealias Waiter = CheckedContinuation<Outcome?, Never>

    private struct State {
        var outcome: Outcome?
        var waiters: [Int: Waiter] = [:]
        var nextWaiter = 0
    }

    private let state = Mutex(State())

    /// Hands the outcome to everyone who waits or will wait. Only the first call counts.
    func arrive(_ outcome: Outcome) {
        let waiters = state.withLock { state -> [Int: Waiter] in
            guard state.outcome == nil else { return [:] }
            state.outcome = outcome
            return exchange(&state.waiters, with: [:])
        }
        for waiter in waiters.values { waiter.resume(returning: outcome) }
    }

    /// The outcome, if it has arrived.
    var current: Outcome? { state.withLock { $0.outcome } }

    /// The value, if it has arrived.
    var value: Value? {
        if case .success(let value)? = current { value } else { nil }
    }

    /// Waits for the outcome; nil when the waiting task is cancelled first.
    func outcome() async -> Outcome? {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let outcome = state.withLock { state -> Outcome? in
                    if state.outcome == nil { state.waiters[ticket] = waiter }
                    return state.outcome
                }
                if let outcome {
                    waiter.resume(returning: outcome)
                } else if Task.isCancelled {
                    // The cancellation handler may have run before the waiter was there.
                    giveUp(ticket)
                }
            }
        } onCancel: {
            giveUp(ticket)
        }
    }

    private func giveUp(_ ticket: Int) {
        let waiter = state.withLock { $0.waiters.removeValue(forKey: ticket) }
        waiter?.resume(returning: nil)
    }
}
