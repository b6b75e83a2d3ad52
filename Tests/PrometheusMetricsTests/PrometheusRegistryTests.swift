import CoreMetrics
import Testing

@testable import PrometheusMetrics

struct PrometheusRegistryTests {
    @Test func `a name with the same labels is one series, in whatever order they are given`() {
        let registry = PrometheusRegistry()
        Counter(label: "a_total", dimensions: [("x", "1"), ("y", "2")], factory: registry).increment()
        Counter(label: "a_total", dimensions: [("y", "2"), ("x", "1")], factory: registry).increment()
        #expect(registry.text() == "# TYPE a_total counter\na_total{x=\"1\",y=\"2\"} 2\n")
    }

    @Test func `a name has so many series and no more, and the others are counted`() {
        let registry = PrometheusRegistry(maximumSeries: 3)
        for number in 1...5 {
            Counter(label: "a_total", dimensions: [("n", "\(number)")], factory: registry).increment()
        }
        // One that is there can be had again.
        Counter(label: "a_total", dimensions: [("n", "2")], factory: registry).increment()
        // Another name has its own.
        Counter(label: "b_total", factory: registry).increment()
        #expect(
            registry.text() == """
                # TYPE a_total counter
                a_total{n="1"} 1
                a_total{n="2"} 2
                a_total{n="3"} 1
                # TYPE b_total counter
                b_total 1

                """)
        #expect(registry.refusedSeries == 2)
    }

    @Test func `a name stays what it was first`() {
        let registry = PrometheusRegistry()
        Counter(label: "a", factory: registry).increment()
        Meter(label: "a", factory: registry).set(5)
        Timer(label: "a", factory: registry).recordSeconds(1)
        Recorder(label: "a", factory: registry).record(1)
        registry.observe("a", .gauge) { 7 }
        #expect(registry.text() == "# TYPE a counter\na 1\n")
        #expect(registry.refusedSeries == 4)
    }

    @Test func `what many tasks record at once is all there`() async {
        let registry = PrometheusRegistry([MetricDescription("seconds", "", buckets: [1])])
        await withTaskGroup { group in
            for task in 1...8 {
                group.addTask {
                    let counter = Counter(label: "total", factory: registry)
                    let timer = Timer(label: "seconds", factory: registry)
                    let meter = Meter(label: "level", factory: registry)
                    for _ in 1...10_000 {
                        counter.increment()
                        timer.recordMilliseconds(task.isMultiple(of: 2) ? 500 : 1_500)
                        meter.increment(by: 1.0)
                    }
                }
            }
        }
        #expect(
            registry.text() == """
                # TYPE level gauge
                level 80000
                # TYPE seconds histogram
                seconds_bucket{le="1"} 40000
                seconds_bucket{le="+Inf"} 80000
                seconds_sum 80000
                seconds_count 80000
                # TYPE total counter
                total 80000

                """)
    }
}
