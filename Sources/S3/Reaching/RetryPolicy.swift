internal import Curl

/// Whether a call is attempted once more, and after which pause.
///
/// Pauses have full jitter: anything from nothing to a bound that doubles, so that clients that failed together don't
/// come back together.
package struct RetryPolicy: Sendable, Hashable {
    /// How many times a call is attempted, at most.
    package var maximumAttempts: Int
    /// The bound of the first pause; each further one is twice as long.
    package var firstPause: Duration
    /// No pause is longer. A store that asks for a longer one (`Retry-After`) is not asked again.
    package var longestPause: Duration

    package init(
        maximumAttempts: Int = 4, firstPause: Duration = .milliseconds(100), longestPause: Duration = .seconds(2)
    ) {
        self.maximumAttempts = maximumAttempts
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// Every call is attempted once.
    package static let never = RetryPolicy(maximumAttempts: 1)

    /// Decides after an attempt that failed.
    ///
    /// - Parameters:
    ///   - failure: What the latest attempt came to.
    ///   - attempts: How many there were.
    ///   - isIdempotent: Whether the call may be carried out twice. One that may not is repeated only where it can't
    ///     have been carried out.
    ///   - remaining: The time that the whole call has left.
    ///   - fraction: A random number from 0 to 1.
    /// - Returns: The pause before the next attempt; nil when there shall be none.
    func pause(
        after failure: FailedAttempt, attempts: Int, isIdempotent: Bool, remaining: Duration, fraction: Double
    ) -> Duration? {
        guard attempts < maximumAttempts else { return nil }
        switch failure.kind {
        case .final: return nil
        case .cutOff where !isIdempotent: return nil
        case .cutOff, .notSent, .notNow: break
        }
        let doublings = min(attempts - 1, 30)
        var pause = min(firstPause * (1 << doublings), longestPause) * fraction
        if let wanted = failure.retryAfter {
            guard wanted <= longestPause else { return nil }
            pause = max(pause, wanted)
        }
        return pause < remaining ? pause : nil
    }
}

/// An attempt that failed, and what follows from it.
struct FailedAttempt: Error {
    enum Kind: Hashable {
        /// Nobody took the request: another attempt can't repeat anything.
        case notSent
        /// The channel broke: whether the request was carried out isn't known.
        case cutOff
        /// The store said that it can't just now.
        case notNow
        /// It would be the same the next time, or has taken all the time there was.
        case final
    }

    let error: S3Error
    let kind: Kind
    /// Whether the store has answered; nil where the attempt doesn't tell.
    let isAnswered: Bool?
    /// How long the store asks to wait.
    let retryAfter: Duration?
}

extension FailedAttempt {
    init(_ error: CurlError) {
        retryAfter = nil
        self.error = S3Error(error)
        switch error {
        case .unreachable: (kind, isAnswered) = (.notSent, false)
        case .interrupted: (kind, isAnswered) = (.cutOff, false)
        // Another attempt would wait as long again.
        case .timedOut, .tls: (kind, isAnswered) = (.final, false)
        case .responseTooLarge: (kind, isAnswered) = (.final, true)
        case .bodyFailed, .cancelled, .invalidRequest: (kind, isAnswered) = (.final, nil)
        }
    }

    /// - Parameter response: With a status other than success, or an error in its body.
    init(refusal response: CurlResponse) {
        isAnswered = true
        let error = S3Error(refusal: response)
        self.error = error
        // Whole seconds; the other form, a date, is not worth a second look (RFC 9110 §10.2.3).
        retryAfter = response.header("Retry-After").flatMap { Int($0) }.map { .seconds(max(0, $0)) }
        guard case .refused(let status, let code, _) = error else {
            kind = .final
            return
        }
        kind = Self.passingStatuses.contains(status) || Self.passingCodes.contains(code) ? .notNow : .final
    }

    /// Whether the store has said no and will not carry the request out. A gateway may have passed it on, and a store in
    /// trouble may have begun with it.
    var isRefused: Bool {
        guard isAnswered == true, kind == .notNow, case .refused(let status, let code, _) = error else {
            return isAnswered == true
        }
        return status == 429 || code == "SlowDown"
    }

    /// RFC 9110 §15.6, RFC 6585 §4. Not 501: a store doesn't learn.
    private static let passingStatuses: Set = [429, 500, 502, 503, 504]

    /// Amazon S3 API Reference: Error responses. They come with other statuses, too: `RequestTimeout` with 400, and in
    /// the body of a 200.
    private static let passingCodes: Set = ["InternalError", "RequestTimeout", "ServiceUnavailable", "SlowDown"]
}
