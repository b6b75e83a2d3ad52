import Metrics
import GraphQL
import GraphQLHTTP
import PrometheusMetrics
import Synchronization

/// Counts and times GraphQL operations by their names.
///
/// Names are the clients' to choose, so only so many are kept apart, those that were seen first; the rest are one.
final class OperationMetrics: Sendable {
    /// How many names are kept apart.
    static let maximumNames = 100
    /// The longest name that is kept apart, in bytes.
    static let maximumNameBytes = 100
    /// The name of operations without one.
    static let anonymous = "-"
    /// The name of all that are not kept apart.
    static let other = "other"

    /// The metrics of one name.
    private struct Instruments: Sendable {
        let timer: Timer
        /// By type and outcome, made when they are first needed.
        var counters: [Kind: Counter] = [:]
    }

    private struct Kind: Hashable {
        let type: OperationType?
        let outcome: OperationReport.Outcome
    }

    private let registry: PrometheusRegistry
    private let instruments = Mutex<[String: Instruments]>([:])

    /// Makes an empty table.
    init(in registry: PrometheusRegistry) {
        self.registry = registry
    }

    /// Counts an operation under `name`, nil for one without; `report` says the rest.
    func record(_ report: OperationReport, name: String?) {
        let kind = Kind(type: report.type, outcome: report.outcome)
        let (counter, timer) = instruments.withLock { instruments in
            let label = Self.label(name, among: instruments)
            if let known = instruments[label], let counter = known.counters[kind] { return (counter, known.timer) }
            let counter = makeCounter(label, kind)
            let timer = instruments[label]?.timer ?? makeTimer(label)
            instruments[label, default: Instruments(timer: timer)].counters[kind] = counter
            return (counter, timer)
        }
        counter.increment()
        timer.record(duration: report.duration)
    }

    private static func label(_ name: String?, among known: [String: Instruments]) -> String {
        guard let name else { return anonymous }
        if known[name] != nil { return name }
        return known.count < maximumNames && name.utf8.count <= maximumNameBytes ? name : other
    }

    private func makeTimer(_ name: String) -> Timer {
        Timer(label: MetricNames.operationSeconds, dimensions: [("operation", name)], factory: registry)
    }

    private func makeCounter(_ name: String, _ kind: Kind) -> Counter {
        let labels = [
            ("operation", name), ("type", kind.type.map { "\($0)" } ?? "unknown"), ("outcome", kind.outcome.rawValue),
        ]
        return Counter(label: MetricNames.operations, dimensions: labels, factory: registry)
    }
}
