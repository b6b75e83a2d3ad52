import S3
import Testing

/// The machine alone, with a clock of the test's: opens at the third failure, for ten seconds.
@Suite struct CircuitBreakerTests {
    private enum Event {
        case admit(CircuitBreaker.Admission)
        case answered
        case failed
        case probeFailed
        case probeGivenUp
        case wait(Int)
    }

    private static let opening: [Event] = [.failed, .failed, .failed]

    private static let cases: [(story: String, events: [Event], isOpen: Bool)] = [
        ("calls pass at first", [.admit(.pass)], false),
        ("two failures are not enough", [.failed, .failed, .admit(.pass)], false),
        ("three in a row are", opening + [.admit(.refuse)], true),
        ("an answer between them begins anew", [.failed, .failed, .answered, .failed, .failed, .admit(.pass)], false),
        ("it stays open for a while", opening + [.wait(9), .admit(.refuse)], true),
        ("then one call probes, and only one", opening + [.wait(10), .admit(.probe), .admit(.refuse)], true),
        ("a probe that is answered closes it", opening + [.wait(10), .admit(.probe), .answered, .admit(.pass)], false),
        (
            "one that fails opens it for as long again",
            opening + [.wait(10), .admit(.probe), .probeFailed, .wait(9), .admit(.refuse), .wait(1), .admit(.probe)],
            true
        ),
        (
            "one that is given up lets the next call probe",
            opening + [.wait(10), .admit(.probe), .probeGivenUp, .admit(.probe)], true
        ),
        ("an answer to an older call closes it, too", opening + [.answered, .admit(.pass)], false),
        ("a failure of an older call changes nothing", opening + [.wait(10), .failed, .admit(.probe), .failed], true),
        (
            "once closed, it takes three failures again",
            opening + [.answered, .failed, .failed, .admit(.pass), .failed, .admit(.refuse)], true
        ),
        ("a probe's failure that comes late changes nothing", [.probeFailed, .admit(.pass)], false),
    ]

    @Test(arguments: cases.indices) func `each event has its effect`(_ index: Int) {
        let (story, events, isOpen) = Self.cases[index]
        var breaker = CircuitBreaker(threshold: 3, pause: .seconds(10))
        var now = ContinuousClock.now
        for (number, event) in events.enumerated() {
            switch event {
            case .admit(let expected): #expect(breaker.admit(at: now) == expected, "\(story): event \(number)")
            case .answered: breaker.answered()
            case .failed: breaker.failed(at: now)
            case .probeFailed: breaker.probeFailed(isGivenUp: false, at: now)
            case .probeGivenUp: breaker.probeFailed(isGivenUp: true, at: now)
            case .wait(let seconds): now += .seconds(seconds)
            }
        }
        #expect(breaker.isOpen == isOpen, "\(story)")
    }
}
