import CoreMetrics
import Testing

@testable import PrometheusMetrics

/// The text that Prometheus reads, whole.
struct ExpositionTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var descriptions: [MetricDescription] = []
        let record: @Sendable (PrometheusRegistry) -> Void
        let text: String
    }

    @Test(arguments: cases) func `the text is as Prometheus wants it`(_ example: Case) {
        let registry = PrometheusRegistry(example.descriptions)
        example.record(registry)
        #expect(registry.text() == example.text)
    }

    static let cases = [
        Case(testDescription: "nothing", record: { _ in }, text: ""),
        Case(testDescription: "a description without series", descriptions: [MetricDescription("a", "Help.")]) { _ in
        } _: {
            ""
        },
        Case(testDescription: "a counter") { registry in
            let counter = Counter(label: "requests_total", factory: registry)
            counter.increment()
            counter.increment(by: 41)
        } _: {
            """
            # TYPE requests_total counter
            requests_total 42

            """
        },
        Case(
            testDescription: "help, and labels in the order of their names, series in the order of their labels",
            descriptions: [MetricDescription("requests_total", "Requests answered.")]
        ) { registry in
            Counter(label: "requests_total", dimensions: [("status", "500"), ("operation", "B")], factory: registry)
                .increment()
            Counter(label: "requests_total", dimensions: [("operation", "A"), ("status", "200")], factory: registry)
                .increment(by: 2)
        } _: {
            """
            # HELP requests_total Requests answered.
            # TYPE requests_total counter
            requests_total{operation="A",status="200"} 2
            requests_total{operation="B",status="500"} 1

            """
        },
        Case(
            testDescription: "what must be escaped",
            descriptions: [MetricDescription("a", #"A "help" \ of two"# + "\nlines.")]
        ) { registry in
            Meter(label: "a", dimensions: [("l", "q\" b\\ n\n ü")], factory: registry).set(1)
        } _: {
            #"""
            # HELP a A "help" \\ of two\nlines.
            # TYPE a gauge
            a{l="q\" b\\ n\n ü"} 1

            """#
        },
        Case(testDescription: "names that Prometheus doesn't take") { registry in
            Meter(label: "http.server-requests", dimensions: [("1st:label", "x")], factory: registry).set(1)
            Meter(label: "9lives", factory: registry).set(9)
            Meter(label: "", factory: registry).set(0)
            Meter(label: "größe", factory: registry).set(2)
        } _: {
            """
            # TYPE _ gauge
            _ 0
            # TYPE _lives gauge
            _lives 9
            # TYPE gr____e gauge
            gr____e 2
            # TYPE http_server_requests gauge
            http_server_requests{_st_label="x"} 1

            """
        },
        Case(testDescription: "gauges go up and down, a recorder that doesn't aggregate is one") { registry in
            let meter = Meter(label: "a", factory: registry)
            meter.set(2.5)
            meter.increment(by: 1.0)
            meter.decrement(by: 4.0)
            Gauge(label: "b", factory: registry).record(7)
        } _: {
            """
            # TYPE a gauge
            a -0.5
            # TYPE b gauge
            b 7

            """
        },
        Case(testDescription: "numbers") { registry in
            let values: [(String, Double)] = [
                ("a", .infinity), ("b", -.infinity), ("c", .nan), ("d", 1e-7), ("e", 1e300), ("f", -0.0),
                ("g", 9_007_199_254_740_991), ("h", 9_007_199_254_740_992),
            ]
            for (name, value) in values { registry.observe(name, .gauge) { value } }
        } _: {
            """
            # TYPE a gauge
            a +Inf
            # TYPE b gauge
            b -Inf
            # TYPE c gauge
            c NaN
            # TYPE d gauge
            d 1e-07
            # TYPE e gauge
            e 1e+300
            # TYPE f gauge
            f 0
            # TYPE g gauge
            g 9007199254740991
            # TYPE h gauge
            h 9007199254740992.0

            """
        },
        Case(
            testDescription: "a timer is a histogram in seconds, its bounds inclusive",
            descriptions: [MetricDescription("a_seconds", "", buckets: [0.1, 1])]
        ) { registry in
            let timer = Timer(label: "a_seconds", dimensions: [("call", "put")], factory: registry)
            for milliseconds in [50, 100, 101, 1_000, 1_001, 60_000] { timer.recordMilliseconds(milliseconds) }
        } _: {
            """
            # TYPE a_seconds histogram
            a_seconds_bucket{call="put",le="0.1"} 2
            a_seconds_bucket{call="put",le="1"} 4
            a_seconds_bucket{call="put",le="+Inf"} 6
            a_seconds_sum{call="put"} 62.252
            a_seconds_count{call="put"} 6

            """
        },
        Case(
            testDescription: "a recorder is a histogram, here without labels and with one bucket for all",
            descriptions: [MetricDescription("sizes", "", buckets: [])]
        ) { registry in
            let recorder = Recorder(label: "sizes", factory: registry)
            recorder.record(1)
            recorder.record(2.5)
        } _: {
            """
            # TYPE sizes histogram
            sizes_bucket{le="+Inf"} 2
            sizes_sum 3.5
            sizes_count 2

            """
        },
        Case(testDescription: "observed values are asked for, counters among them") { registry in
            registry.observe("hits_total", .counter, labels: [("cache", "plans")]) { 12 }
            registry.observe("bytes", .gauge) { 0.5 }
        } _: {
            """
            # TYPE bytes gauge
            bytes 0.5
            # TYPE hits_total counter
            hits_total{cache="plans"} 12

            """
        },
        Case(testDescription: "what is destroyed is gone, a reset counter begins anew") { registry in
            let counter = Counter(label: "a_total", factory: registry)
            counter.increment()
            counter.reset()
            counter.increment(by: 3)
            let gone = [Counter(label: "b_total", factory: registry)]
            gone[0].destroy()
            Meter(label: "c", factory: registry).destroy()
            Timer(label: "d", factory: registry).destroy()
            Recorder(label: "e", factory: registry).destroy()
            Gauge(label: "f", factory: registry).destroy()
        } _: {
            """
            # TYPE a_total counter
            a_total 3

            """
        },
    ]
}

extension ExpositionTests.Case {
    /// What is recorded, and the text it makes.
    fileprivate init(
        testDescription: String, descriptions: [MetricDescription] = [],
        _ record: @escaping @Sendable (PrometheusRegistry) -> Void, _ text: () -> String
    ) {
        self.init(testDescription: testDescription, descriptions: descriptions, record: record, text: text())
    }
}
