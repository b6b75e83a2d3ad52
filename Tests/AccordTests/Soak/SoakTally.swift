import Synchronization

/// What all users of a soak have seen.
final class SoakTally: Sendable {
    private struct State {
        var requests: [String: Int] = [:]
        var errors: [String: Int] = [:]
        var operations = 0
        var killed = 0
        var isKillingOver = false
        var slowest = Duration.zero
        var faults: [String] = []
        var faultCount = 0
    }

    private let state = Mutex(State())

    /// Counts a request, and how long it took.
    func asked(_ kind: String, took duration: Duration, isOperation: Bool) {
        state.withLock {
            $0.requests[kind, default: 0] += 1
            if isOperation { $0.operations += 1 }
            $0.slowest = max($0.slowest, duration)
        }
    }

    /// Counts an error that a client was told, and that is no fault.
    func failed(_ code: String) {
        state.withLock { $0.errors[code, default: 0] += 1 }
    }

    func killed(_ count: Int) {
        state.withLock { $0.killed += count }
    }

    /// Lets the killing end.
    func endKilling() { state.withLock { $0.isKillingOver = true } }
    var isKillingOver: Bool { state.withLock { $0.isKillingOver } }

    /// Takes down something that must not be.
    func fault(_ text: String) {
        state.withLock {
            $0.faultCount += 1
            if $0.faults.count < 20 { $0.faults.append(text) }
        }
    }

    /// What must not be: the first twenty of it.
    var faults: [String] { state.withLock { $0.faults } }
    /// How many GraphQL requests were sent.
    var operations: Int { state.withLock { $0.operations } }
    var killed: Int { state.withLock { $0.killed } }

    /// The figures, a line each.
    var summary: String {
        let state = state.withLock { $0 }
        func list(_ counts: [String: Int]) -> String {
            counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        return """
            requests: \(state.requests.values.reduce(0, +)): \(list(state.requests))
            killed: \(state.killed) database sessions
            errors: \(list(state.errors))
            slowest: \(state.slowest)
            faults: \(state.faultCount)
            """
    }
}
