import Metrics
import PrometheusMetrics

/// A counter for each value of a label, where the values are known beforehand: counting is a look-up in a table that
/// never changes, and the counts that are still 0 are there, too.
struct CounterSet<Value: Hashable & Sendable>: Sendable {
    private let counters: [Value: Counter]

    /// Makes the counters.
    init(_ name: String, _ label: String, _ values: [Value: String], in registry: PrometheusRegistry) {
        counters = values.mapValues { Counter(label: name, dimensions: [(label, $0)], factory: registry) }
    }

    /// Counts one. A value that isn't known is not counted.
    func count(_ value: Value) {
        counters[value]?.increment()
    }
}

extension CounterSet where Value: CaseIterable & RawRepresentable<String> {
    /// Makes a counter for each case, whose raw value is the label's.
    init(_ name: String, _ label: String, in registry: PrometheusRegistry) {
        let cases = Value.allCases.map { ($0, $0.rawValue) }
        self.init(name, label, Dictionary(uniqueKeysWithValues: cases), in: registry)
    }
}
