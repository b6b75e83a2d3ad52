import Synchronization
import Testing

@testable import GraphQLHTTP

@Suite struct DeadlinesTests {
    private let deadlines = Deadlines()

    @Test func deadlinesPassInTheirTimeWhateverTheOrderTheyCameIn() async {
        let (passed, continuation) = AsyncStream<(place: Int, time: ContinuousClock.Instant)>.makeStream()
        let now = ContinuousClock.now
        // The one in the middle comes first, the earliest next, and the last when nobody need wake up earlier.
        for place in [2, 1, 3] {
            _ = deadlines.add(now + .milliseconds(50 * place)) { continuation.yield((place, .now)) }
        }
        var places: Set<Int> = []
        for await (place, time) in passed {
            // On a busy machine all may pass at once, none too early.
            #expect(time >= now + .milliseconds(50 * place))
            places.insert(place)
            if places.count == 3 { break }
        }
    }

    @Test func deadlinesThatAreMetPassUnnoticed() async {
        let calls = Mutex(0)
        for _ in 0..<100 {
            deadlines.remove(deadlines.add(.now + .seconds(1)) { calls.withLock { $0 += 1 } })
        }
        await withCheckedContinuation { done in
            _ = deadlines.add(.now + .milliseconds(1_100)) { done.resume() }
        }
        #expect(calls.withLock { $0 } == 0)
    }

    @Test func aDeadlineThatHasPassedIsToldAtOnce() async {
        await withCheckedContinuation { done in
            _ = deadlines.add(.now - .seconds(1)) { done.resume() }
        }
    }
}
