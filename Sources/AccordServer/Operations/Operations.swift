import Foundation
import HTTPTypes
import HummingbirdCore
import NIOPosix
import PrometheusMetrics

/// Says how the server is: `/health/live`, `/health/ready` and `/metrics`.
struct Operations: Sendable {
    let health: HealthChecks
    let metrics: PrometheusRegistry

    /// Who is told what.
    struct Audience: Sendable {
        /// Whether they may read the metrics.
        let readsMetrics: Bool
        /// Whether they are told which part of the server is not ready.
        let seesProblems: Bool

        /// Whoever reaches the listener for operations.
        static let operators = Audience(readsMetrics: true, seesProblems: true)
    }

    /// The answer to a request; nil for a path that is none of these, or not for this audience.
    func respond(to request: Request, for audience: Audience) async -> Response? {
        switch request.uri.path {
        case "/health/live":
            return await .get(request) { .json(.ok, #"{"status":"ok"}"#) }
        case "/health/ready":
            return await .get(request) { await readiness(audience) }
        case "/metrics" where audience.readsMetrics:
            return await .get(request) { await exposition() }
        default:
            return nil
        }
    }

    private func readiness(_ audience: Audience) async -> Response {
        let report = await health.report()
        var body = Readiness(status: report.status.rawValue)
        if audience.seesProblems, !report.problems.isEmpty { body.problems = report.problems }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = (try? encoder.encode(body)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        return .json(report.status == .ready ? .ok : .serviceUnavailable, text)
    }

    private struct Readiness: Encodable {
        let status: String
        var problems: [String: String]?
    }

    private func exposition() async -> Response {
        // Some of the values are read from files.
        let text = try? await NIOThreadPool.singleton.runIfActive { [metrics] in metrics.text() }
        return .plain(.ok, text ?? "", type: PrometheusRegistry.contentType)
    }
}
