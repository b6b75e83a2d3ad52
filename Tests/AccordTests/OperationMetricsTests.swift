import GraphQLHTTP
import PrometheusMetrics
import Testing

@testable import AccordServer

/// Operation names are the clients' to choose.
struct OperationMetricsTests {
    @Test func `so many names are kept apart, and the others are one`() {
        let registry = PrometheusRegistry()
        let metrics = OperationMetrics(in: registry)
        let limit = OperationMetrics.maximumNames
        for round in 1...2 {
            for number in 1...(limit + 50) { metrics.record(OperationReport(), name: "Operation\(number)") }
            for _ in 1...round { metrics.record(OperationReport(), name: nil) }
        }
        let names = registry.text().matches(of: #/_total{operation="([^"]*)",outcome="refused",type="unknown"} (\d+)/#)
        var counts: [String: Int] = [:]
        for name in names { counts[String(name.1)] = Int(name.2) }
        // Those that came first. Operations without a name are no name too many.
        var expected = ["other": 2 * 50, "-": 3]
        for number in 1...limit { expected["Operation\(number)"] = 2 }
        #expect(counts == expected)
        #expect(registry.refusedSeries == 0)
    }

    @Test func `a name that is too long is one of the others`() {
        let registry = PrometheusRegistry()
        let metrics = OperationMetrics(in: registry)
        let longest = String(repeating: "a", count: OperationMetrics.maximumNameBytes)
        for name in [longest, longest + "a", longest + "b", nil] { metrics.record(OperationReport(), name: name) }
        let names = registry.text().matches(of: #/_total{operation="([^"]*)".* (\d+)/#).map { "\($0.1) \($0.2)" }
        #expect(names == ["- 1", "\(longest) 1", "other 2"])
    }
}
