import Synchronization

/// How many requests are being answered, and how many may be.
final class RequestsInFlight: Sendable {
    private let maximum: Int
    private let count = Atomic(0)

    /// Makes a counter; `nil` is no limit.
    init(maximum: Int?) {
        self.maximum = maximum ?? .max
    }

    /// How many are being answered.
    var current: Int { count.load(ordering: .relaxed) }

    /// Counts one more, and says whether there was room for it. Whoever has called it calls `leave` in either case.
    func enter() -> Bool {
        count.wrappingAdd(1, ordering: .relaxed).newValue <= maximum
    }

    /// Counts one less.
    func leave() {
        count.wrappingSubtract(1, ordering: .relaxed)
    }
}
