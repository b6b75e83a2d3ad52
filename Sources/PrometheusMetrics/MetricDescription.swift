/// What Prometheus is told of a metric besides its values.
package struct MetricDescription: Sendable {
    /// Letters, digits and underscores; a counter's ends in `_total`, a unit stands before that.
    package let name: String
    /// A sentence, the line `# HELP`.
    package let help: String
    /// The upper bounds of a histogram's buckets, ascending, at most 15. There is one more, for what is beyond them.
    package let buckets: [Double]

    /// From a millisecond to ten seconds, for durations.
    package static let seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    /// Makes a description; `buckets` count only for a histogram.
    package init(_ name: String, _ help: String, buckets: [Double] = Self.seconds) {
        precondition(buckets.count <= HistogramSeries.maximumBounds, "\(name) has too many buckets.")
        self.name = name
        self.help = help
        self.buckets = buckets
    }
}
