import CoreMetrics
import Synchronization

/// How many values lay between which bounds, and their sum: swift-metrics' `Timer`, in seconds, and its `Recorder`.
final class HistogramSeries: TimerHandler, RecorderHandler {
    /// How many bounds there is room for.
    static let maximumBounds = 15

    let bounds: [Double]
    /// Values up to each bound that are above the one before; the last bucket in use holds what is above all.
    private let buckets = InlineArray<16, Atomic<Int>> { _ in Atomic(0) }
    private let total = Atomic(0.0)

    init(bounds: [Double]) {
        self.bounds = bounds
    }

    /// How many values lay in each bucket, bounds ascending, then those above all.
    var counts: [Int] { (0...bounds.count).map { buckets[$0].load(ordering: .relaxed) } }

    var sum: Double { total.load(ordering: .relaxed) }

    func record(_ value: Double) {
        // A handful of comparisons in one cache line or two; halving would not be quicker.
        var index = 0
        while index < bounds.count, value > bounds[index] { index += 1 }
        buckets[index].wrappingAdd(1, ordering: .relaxed)
        total.add(value)
    }

    func record(_ value: Int64) { record(Double(value)) }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }
}
