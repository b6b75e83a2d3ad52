import AccordCore
import PostgreSQL
import Synchronization

/// A limited number of places; who finds none waits in line, in which tenants take turns.
final class ChangePlaces: Sendable {
    private let state: Mutex<State>

    init(count: Int) {
        precondition(count > 0, "Without a place nothing could ever change.")
        state = Mutex(State(free: count))
    }

    /// Takes a place for a tenant, waiting for one if need be. Every place taken is given back by `giveBack()`.
    ///
    /// - Throws: `timeout` when the task is cancelled while it waits.
    func take(for tenant: Tenant) async throws(AccordError) {
        let ticket = state.withLock { $0.makeTicket() }
        let isTaken = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // Decided under the lock, resumed outside it.
                let answer = state.withLock { $0.enter(ticket, of: tenant.url, continuation) }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            state.withLock { $0.cancel(ticket) }?.resume(returning: false)
        }
        // A cancellation that came too late to matter left a note.
        state.withLock { $0.forget(ticket) }
        guard isTaken else { throw .timeout }
    }

    /// Gives a place back, to the first who waits.
    func giveBack() {
        state.withLock { $0.leave() }?.resume(returning: true)
    }

    private struct State {
        var free: Int
        var nextTicket = 0
        var waiting = TurnQueue<(ticket: Int, continuation: CheckedContinuation<Bool, Never>)>()
        /// Cancelled before they stood in line.
        var cancelled: Set<Int> = []

        mutating func makeTicket() -> Int {
            nextTicket += 1
            return nextTicket
        }

        /// - Returns: Whether there is a place; nil when the answer comes later.
        mutating func enter(_ ticket: Int, of tenant: String, _ continuation: CheckedContinuation<Bool, Never>) -> Bool?
        {
            if cancelled.remove(ticket) != nil { return false }
            guard free == 0 else {
                free -= 1
                return true
            }
            waiting.append((ticket, continuation), of: tenant)
            return nil
        }

        /// - Returns: Whoever has to be told that it waits in vain.
        mutating func cancel(_ ticket: Int) -> CheckedContinuation<Bool, Never>? {
            guard let index = waiting.firstIndex(where: { $0.ticket == ticket }) else {
                cancelled.insert(ticket)
                return nil
            }
            return waiting.remove(at: index).continuation
        }

        mutating func forget(_ ticket: Int) { cancelled.remove(ticket) }

        /// - Returns: Whoever gets the place.
        mutating func leave() -> CheckedContinuation<Bool, Never>? {
            guard waiting.count == 0 else { return waiting.remove(at: 0).continuation }
            free += 1
            return nil
        }
    }
}
