import Synchronization

/// Work that others may end: the first one that gives a reason cancels it.
final class Supervision: Sendable {
    private struct State {
        var reason: HTTPRefusal?
        var isDone = false
        /// Nil before the work is known, and when it is done.
        var cancel: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Why the work was ended; nil when it was done before anybody did.
    var reason: HTTPRefusal? { state.withLock(\.reason) }

    /// Begins the work, here and now, until it has to wait for something for the first time. Then calls `whenWaiting`, and
    /// waits for its end. What is cancelled is awaited all the same: when this returns, nothing of it runs any more.
    func run<Outcome: Sendable>(
        _ work: @escaping @Sendable () async -> Outcome, whenWaiting: () -> Void
    ) async -> Outcome {
        let task = Task.immediate {
            let outcome = await work()
            self.state.withLock { state in
                state.isDone = true
                state.cancel = nil
            }
            return outcome
        }
        let isWaiting = state.withLock { state in
            if !state.isDone { state.cancel = { task.cancel() } }
            return !state.isDone
        }
        if isWaiting { whenWaiting() }
        return await withTaskCancellationHandler {
            await task.value
        } onCancel: {
            task.cancel()
        }
    }

    /// Ends the work, unless it is done or has been ended.
    func end(_ reason: HTTPRefusal) {
        let cancel = state.withLock { state in
            guard !state.isDone, state.reason == nil else { return nil as (@Sendable () -> Void)? }
            state.reason = reason
            return state.cancel
        }
        cancel?()
    }
}
