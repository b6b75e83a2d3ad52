import CoreMetrics
import Synchronization

/// A number that goes up and down: swift-metrics' `Meter`, and its `Gauge`, which is a recorder that keeps the latest.
final class GaugeSeries: MeterHandler, RecorderHandler {
    private let current = Atomic(0.0)

    var value: Double { current.load(ordering: .relaxed) }

    func set(_ value: Double) {
        current.store(value, ordering: .relaxed)
    }

    func set(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
    func record(_ value: Int64) { set(Double(value)) }
    func increment(by amount: Double) { current.add(amount) }
    func decrement(by amount: Double) { current.add(-amount) }
}

extension Atomic<Double> {
    /// Adds an amount, trying again when somebody else was quicker.
    borrowing func add(_ amount: Double) {
        var seen = load(ordering: .relaxed)
        while true {
            let (isExchanged, found) = weakCompareExchange(
                expected: seen, desired: seen + amount, ordering: .relaxed)
            if isExchanged { return }
            seen = found
        }
    }
}
