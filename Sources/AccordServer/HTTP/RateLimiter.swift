import Synchronization

/// Lets each caller make so many requests a minute, and no more.
///
/// Each has a bucket that holds a minute's worth and fills up evenly. Kept as one moment for each caller: when the bucket
/// would be full again (the generic cell rate algorithm, ITU-T I.371).
final class RateLimiter<Caller: Hashable & Sendable>: Sendable {
    private struct State {
        var full: [Caller: ContinuousClock.Instant] = [:]
        /// The number of callers at which those whose buckets are full are forgotten.
        var nextSweep = 1_024
    }

    private let interval: Duration
    private let state = Mutex(State())

    /// Makes full buckets for everyone.
    ///
    /// - Parameter perMinute: how many requests a bucket holds, at least 1.
    init(perMinute: Int) {
        interval = .seconds(60) / perMinute
    }

    /// Takes `count` requests out of a caller's bucket.
    ///
    /// - Returns: nil, or how long it takes until they are there; then nothing is taken.
    func take(_ count: Int, for caller: Caller, at now: ContinuousClock.Instant = .now) -> Duration? {
        state.withLock { state in
            let full = max(state.full[caller] ?? now, now) + interval * count
            let excess = now.duration(to: full) - .seconds(60)
            guard excess <= .zero else { return excess }
            state.full[caller] = full
            if state.full.count >= state.nextSweep {
                state.full = state.full.filter { $0.value > now }
                state.nextSweep = max(1_024, 2 * state.full.count)
            }
            return nil
        }
    }

    /// How many callers are remembered, for tests.
    var callers: Int { state.withLock { $0.full.count } }
}
