import AccordCore
import Metrics
import PrometheusMetrics

/// Times calls to the file storage.
struct StorageMetrics: Sendable {
    enum Call: String, CaseIterable {
        case put, head, read, copy, list, delete, open, check
    }

    enum Outcome: String, CaseIterable {
        case success
        /// It can't be reached, or said no to something other than a file.
        case unavailable
        /// It said no to a file.
        case refused
        /// It was given up.
        case cancelled
        case failed

        init(_ error: AccordError?) {
            self =
                switch error {
                case nil: .success
                case .storageUnavailable: .unavailable
                case .storageUploadFailed: .refused
                case .timeout: .cancelled
                default: .failed
                }
        }
    }

    private struct Kind: Hashable {
        let call: Call
        let outcome: Outcome
    }

    private let timers: [Kind: Timer]

    /// Makes a timer for each call and outcome.
    init(in registry: PrometheusRegistry) {
        let kinds = Call.allCases.flatMap { call in Outcome.allCases.map { Kind(call: call, outcome: $0) } }
        let timers = kinds.map { kind in
            let labels = [("call", kind.call.rawValue), ("outcome", kind.outcome.rawValue)]
            return (kind, Timer(label: MetricNames.storageCallSeconds, dimensions: labels, factory: registry))
        }
        self.timers = Dictionary(uniqueKeysWithValues: timers)
    }

    /// Takes note of a call that has ended, with an error or without.
    func record(_ call: Call, _ error: AccordError?, since start: ContinuousClock.Instant) {
        timers[Kind(call: call, outcome: Outcome(error))]?.record(duration: .now - start)
    }
}
