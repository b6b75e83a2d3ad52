/// Spares requests a store that can't be reached: after so many failures in a row calls are refused at once, until a
/// probe finds that it answers again.
///
/// A plain value, told the time: each event is a function. What counts is whether an answer came, whatever it said; a
/// refusal is an answer.
package struct CircuitBreaker: Sendable, Hashable {
    package enum State: Sendable, Hashable {
        /// Calls pass. So many attempts in a row got no answer.
        case closed(failures: Int)
        /// Calls are refused until then; the first one after it is to send a probe.
        case open(until: ContinuousClock.Instant)
        /// Calls are refused while one of them waits for its probe.
        case probing
    }

    /// What becomes of a call.
    package enum Admission: Sendable, Hashable {
        case pass
        /// Send a probe, say how it went, and pass if an answer came.
        case probe
        case refuse
    }

    package private(set) var state = State.closed(failures: 0)

    /// How often calls began to be refused.
    package private(set) var openings = 0

    private let threshold: Int
    private let pause: Duration

    /// - Parameters:
    ///   - threshold: How many attempts in a row may go without an answer; with that many, calls are refused.
    ///   - pause: For how long, before a probe is sent.
    package init(threshold: Int = 5, pause: Duration = .seconds(5)) {
        self.threshold = threshold
        self.pause = pause
    }

    /// Whether calls are refused.
    package var isOpen: Bool {
        if case .closed = state { false } else { true }
    }

    /// A call wants to begin.
    package mutating func admit(at now: ContinuousClock.Instant) -> Admission {
        switch state {
        case .closed: return .pass
        case .open(let until) where now >= until:
            state = .probing
            return .probe
        case .open, .probing: return .refuse
        }
    }

    /// The store has answered somebody.
    package mutating func answered() {
        state = .closed(failures: 0)
    }

    /// An attempt, which may have begun long ago, got no answer.
    package mutating func failed(at now: ContinuousClock.Instant) {
        guard case .closed(let failures) = state else { return }
        guard failures + 1 >= threshold else { return state = .closed(failures: failures + 1) }
        openings += 1
        state = .open(until: now + pause)
    }

    /// The probe got no answer. One that was given up says nothing: the next call may send another at once.
    package mutating func probeFailed(isGivenUp: Bool, at now: ContinuousClock.Instant) {
        guard state == .probing else { return }
        state = .open(until: isGivenUp ? now : now + pause)
    }
}
