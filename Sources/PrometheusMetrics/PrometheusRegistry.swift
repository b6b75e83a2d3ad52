package import CoreMetrics
import Synchronization

/// The metrics of a process or a server, made through swift-metrics and read by Prometheus.
///
/// ```swift
/// let registry = PrometheusRegistry([MetricDescription("requests_total", "Requests answered.")])
/// let requests = Counter(label: "requests_total", dimensions: [("status", "200")], factory: registry)
/// requests.increment()                        // an atomic addition: no lock, no look-up
/// registry.observe("connections", .gauge) { Double(pool.count) }        // nothing at all until it is read
/// registry.text()
/// ```
///
/// A name with the same labels is the same series, however often it is made. Each name has a bounded number of series;
/// what is made beyond it is counted in ``refusedSeries`` and goes nowhere.
///
/// Prometheus: Text-based format, version 0.0.4
package final class PrometheusRegistry: MetricsFactory {
    /// The `Content-Type` of the text.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private struct State {
        var families: [String: MetricFamily] = [:]
        var refused = 0
    }

    private let descriptions: [String: MetricDescription]
    private let maximumSeries: Int
    private let state = Mutex(State())

    /// Makes a registry without series.
    ///
    /// - Parameters:
    ///   - descriptions: what is known of metrics by their names; one that isn't described has no help.
    ///   - maximumSeries: how many series a name may have.
    package init(_ descriptions: [MetricDescription] = [], maximumSeries: Int = 2_000) {
        self.descriptions = Dictionary(descriptions.map { ($0.name, $0) }) { first, _ in first }
        self.maximumSeries = maximumSeries
    }

    /// What an observed value is.
    package enum ObservedKind: Sendable {
        /// It only grows.
        case counter
        case gauge
    }

    /// Adds a series whose value is asked for at each reading, on the thread that reads.
    package func observe(
        _ name: String, _ kind: ObservedKind, labels: [(String, String)] = [],
        _ value: @escaping @Sendable () -> Double
    ) {
        _ = series(name, kind == .counter ? .counter : .gauge, labels) { _ in .observed(value) }
    }

    /// How many series were not made, since their name had enough, or was another kind of metric already.
    package var refusedSeries: Int { state.withLock { $0.refused } }

    /// Every metric with its present value, by name.
    package func text() -> String {
        // Values are read when the lock is not held any more: observed ones may take a moment.
        let families = state.withLock { $0.families }
        var text = ""
        for (_, family) in families.sorted(by: { $0.key < $1.key }) { family.write(to: &text) }
        return text
    }

    /// The series of a name with these labels, made if there is none; nil when there may be none.
    private func series(
        _ label: String, _ kind: MetricFamily.Kind, _ labels: [(String, String)],
        _ make: (MetricDescription) -> MetricFamily.Series
    ) -> MetricFamily.Series? {
        let name = MetricText.name(label)
        let labels = MetricText.labels(labels)
        return state.withLock { state in
            let description = descriptions[name] ?? MetricDescription(name, "")
            let family = state.families[name] ?? MetricFamily(kind: kind, description: description)
            if family.kind == kind, let known = family.series[labels] { return known }
            guard family.kind == kind, family.series.count < maximumSeries else {
                state.refused += 1
                return nil
            }
            let series = make(description)
            state.families[name, default: family].series[labels] = series
            return series
        }
    }

    private func remove(where isGone: (MetricFamily.Series) -> Bool) {
        state.withLock { state in
            for (name, family) in state.families {
                guard let labels = family.series.first(where: { isGone($0.value) })?.key else { continue }
                state.families[name]?.series[labels] = nil
            }
        }
    }
}

extension PrometheusRegistry {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        guard case .counter(let counter)? = series(label, .counter, dimensions, { _ in .counter(CounterSeries()) })
        else { return NOOPMetricsHandler.instance }
        return counter
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        let recorder: (any RecorderHandler)? = aggregate ? histogram(label, dimensions) : gauge(label, dimensions)
        return recorder ?? NOOPMetricsHandler.instance
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(label, dimensions) ?? NOOPMetricsHandler.instance
    }

    package func destroyCounter(_ handler: any CounterHandler) {
        remove { if case .counter(let counter) = $0 { counter === handler } else { false } }
    }

    package func destroyMeter(_ handler: any MeterHandler) {
        remove { if case .gauge(let gauge) = $0 { gauge === handler } else { false } }
    }

    package func destroyRecorder(_ handler: any RecorderHandler) {
        remove { series in
            switch series {
            case .gauge(let gauge): gauge === handler
            case .histogram(let histogram): histogram === handler
            case .counter, .observed: false
            }
        }
    }

    package func destroyTimer(_ handler: any TimerHandler) {
        remove { if case .histogram(let histogram) = $0 { histogram === handler } else { false } }
    }

    private func gauge(_ label: String, _ labels: [(String, String)]) -> GaugeSeries? {
        guard case .gauge(let gauge)? = series(label, .gauge, labels, { _ in .gauge(GaugeSeries()) }) else {
            return nil
        }
        return gauge
    }

    private func histogram(_ label: String, _ labels: [(String, String)]) -> HistogramSeries? {
        guard
            case .histogram(let histogram)? = series(
                label, .histogram, labels, { .histogram(HistogramSeries(bounds: $0.buckets)) })
        else { return nil }
        return histogram
    }
}
