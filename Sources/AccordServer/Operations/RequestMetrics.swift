import Metrics
import HTTPTypes
import PrometheusMetrics
import Synchronization

/// Counts HTTP requests by what answered them and with which status.
final class RequestMetrics: Sendable {
    /// What answers a request.
    enum Route: String, Sendable {
        case graphQL = "graphql"
        case operations, files
        /// The files of agreements, for those who are signed in.
        case downloads
        /// Nothing.
        case none
    }

    private struct Answer: Hashable {
        let route: Route
        let status: Int
    }

    private let registry: PrometheusRegistry
    private let counters = Mutex<[Answer: Counter]>([:])

    /// Makes an empty table. It grows to as many entries as there are statuses that the server has.
    init(in registry: PrometheusRegistry) {
        self.registry = registry
    }

    /// Counts a request.
    func count(_ route: Route, _ status: HTTPResponse.Status) {
        let answer = Answer(route: route, status: status.code)
        let counter = counters.withLock { counters in
            if let counter = counters[answer] { return counter }
            let labels = [("route", route.rawValue), ("status", String(status.code))]
            let counter = Counter(label: MetricNames.httpRequests, dimensions: labels, factory: registry)
            counters[answer] = counter
            return counter
        }
        counter.increment()
    }
}
