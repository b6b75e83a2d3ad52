import Curl
import Testing

@testable import S3

/// Which failures are followed by another attempt, and when.
@Suite struct RetryPolicyTests {
    private static let failures: [(failure: FailedAttempt, idempotent: Bool, other: Bool, isAnswered: Bool?)] = [
        (FailedAttempt(.unreachable("")), true, true, false),
        (FailedAttempt(.interrupted("")), true, false, false),
        (FailedAttempt(.timedOut("")), false, false, false),
        (FailedAttempt(.tls("")), false, false, false),
        (FailedAttempt(.cancelled), false, false, nil),
        (FailedAttempt(.bodyFailed(CancellationError())), false, false, nil),
        (FailedAttempt(.invalidRequest("")), false, false, nil),
        (refusal(429), true, true, true),
        (refusal(500), true, true, true),
        (refusal(501), false, false, true),
        (refusal(502), true, true, true),
        (refusal(503), true, true, true),
        (refusal(504), true, true, true),
        (refusal(400, code: "RequestTimeout"), true, true, true),
        (refusal(200, code: "InternalError"), true, true, true),
        (refusal(400, code: "SlowDown"), true, true, true),
        (refusal(403, code: "AccessDenied"), false, false, true),
        (refusal(404, code: "NoSuchKey"), false, false, true),
        (refusal(412, code: "PreconditionFailed"), false, false, true),
    ]

    private static func refusal(_ status: Int, code: String = "", retryAfter: String? = nil) -> FailedAttempt {
        let body = "<Error><Code>\(code)</Code></Error>"
        let headers = retryAfter.map { [(name: "Retry-After", value: $0)] } ?? []
        return FailedAttempt(refusal: CurlResponse(status: status, headers: headers, body: Array(body.utf8)))
    }

    @Test(arguments: failures.indices) func `a failure is repeated where that may help`(_ index: Int) {
        let (failure, idempotent, other, isAnswered) = Self.failures[index]
        #expect((pause(failure) != nil) == idempotent)
        #expect((pause(failure, isIdempotent: false) != nil) == other)
        #expect(failure.isAnswered == isAnswered)
    }

    @Test(
        arguments: [
            // attempts, seconds left, fraction, Retry-After; the pause in milliseconds
            (1, 60, 1.0, nil, 100), (1, 60, 0.5, nil, 50), (1, 60, 0.0, nil, 0), (2, 60, 1.0, nil, 200),
            (3, 60, 1.0, nil, 400), (4, 60, 1.0, nil, nil), (1, 0, 1.0, nil, nil), (1, 60, 0.5, "1", 1_000),
            (1, 60, 1.0, "2", 2_000), (1, 60, 1.0, "3", nil), (1, 1, 1.0, "1", nil),
            (1, 60, 1.0, "Mon, 30 Nov 2026 17:00:00 GMT", 100), (1, 60, 1.0, "-5", 100),
        ] as [(Int, Int, Double, String?, Int?)])
    func `pauses double up to a bound, within the time that is left`(
        _ attempts: Int, _ seconds: Int, _ fraction: Double, _ retryAfter: String?, _ expected: Int?
    ) {
        let found = pause(
            Self.refusal(503, retryAfter: retryAfter), attempts: attempts, remaining: .seconds(seconds),
            fraction: fraction)
        #expect(found == expected.map { .milliseconds($0) })
    }

    private func pause(
        _ failure: FailedAttempt, attempts: Int = 1, isIdempotent: Bool = true, remaining: Duration = .seconds(60),
        fraction: Double = 1
    ) -> Duration? {
        RetryPolicy().pause(
            after: failure, attempts: attempts, isIdempotent: isIdempotent, remaining: remaining, fraction: fraction)
    }
}
