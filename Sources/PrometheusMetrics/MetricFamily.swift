/// All series of one name: they share a type and differ in their labels.
struct MetricFamily: Sendable {
    /// What a family is made of, by the text of its labels.
    enum Series: Sendable {
        case counter(CounterSeries)
        case gauge(GaugeSeries)
        case histogram(HistogramSeries)
        /// Asked for at each reading.
        case observed(@Sendable () -> Double)
    }

    /// As the line `# TYPE` spells it.
    enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    let kind: Kind
    let description: MetricDescription
    var series: [String: Series] = [:]

    /// Writes the family: its help, its type, and its series in the order of their labels.
    func write(to text: inout String) {
        guard !series.isEmpty else { return }
        let name = description.name
        if !description.help.isEmpty { text += "# HELP \(name) \(MetricText.help(description.help))\n" }
        text += "# TYPE \(name) \(kind.rawValue)\n"
        for (labels, series) in series.sorted(by: { $0.key < $1.key }) {
            switch series {
            case .counter(let counter): write(name, labels, String(counter.value), to: &text)
            case .gauge(let gauge): write(name, labels, MetricText.number(gauge.value), to: &text)
            case .observed(let value): write(name, labels, MetricText.number(value()), to: &text)
            case .histogram(let histogram): write(histogram, labels, to: &text)
            }
        }
    }

    /// Buckets hold all values up to their bounds, so they add up. Prometheus: Histograms and summaries
    private func write(_ histogram: HistogramSeries, _ labels: String, to text: inout String) {
        let bounds = histogram.bounds.map(MetricText.number) + ["+Inf"]
        let separator = labels.isEmpty ? "" : ","
        var count = 0
        for (bound, values) in zip(bounds, histogram.counts) {
            count += values
            write("\(description.name)_bucket", "\(labels)\(separator)le=\"\(bound)\"", String(count), to: &text)
        }
        write("\(description.name)_sum", labels, MetricText.number(histogram.sum), to: &text)
        write("\(description.name)_count", labels, String(count), to: &text)
    }

    private func write(_ name: String, _ labels: String, _ value: String, to text: inout String) {
        text += labels.isEmpty ? "\(name) \(value)\n" : "\(name){\(labels)} \(value)\n"
    }
}
