import Testing

@testable import Curl

/// The machine alone: events in, effects out. A producer is a number.
@Suite struct RequestBodyFlowTests {
    @Test func `a chunk passes from producer to reader, and the next is asked for only then`() {
        var flow = RequestBodyFlow<Int>(length: 4)
        #expect(describe(flow.requestRoom(1)) == "admit 1")
        #expect(describe(flow.put([1, 2])) == "none")
        #expect(describe(flow.requestRoom(2)) == "none")
        let first = flow.take()
        #expect(describe(first.next) == "chunk [1, 2]")
        #expect(describe(first.effect) == "admit 2")
        #expect(describe(flow.put([3, 4])) == "none")
        #expect(describe(flow.finish()) == "none")
        #expect(describe(flow.take().next) == "chunk [3, 4]")
        #expect(describe(flow.take().next) == "end")
    }

    @Test func `a reader that came too early is woken once, by a chunk, the end or a failure`() {
        var flow = RequestBodyFlow<Int>(length: 1)
        #expect(describe(flow.take().next) == "not yet")
        #expect(describe(flow.put([1])) == "wake the reader")
        #expect(describe(flow.take().next) == "chunk [1]")
        #expect(describe(flow.take().next) == "not yet")
        #expect(describe(flow.finish()) == "wake the reader")
        #expect(describe(flow.take().next) == "end")

        var failing = RequestBodyFlow<Int>(length: 1)
        #expect(describe(failing.take().next) == "not yet")
        #expect(describe(failing.finish(throwing: Failure())) == "wake the reader")
        #expect(describe(failing.take().next) == "failed by Failure")
    }

    @Test func `an empty chunk is not the end`() {
        var flow = RequestBodyFlow<Int>(length: 1)
        #expect(describe(flow.take().next) == "not yet")
        #expect(describe(flow.put([])) == "none")
        #expect(describe(flow.requestRoom(1)) == "admit 1")
    }

    @Test func `an empty body ends at once`() {
        var flow = RequestBodyFlow<Int>(length: 0)
        #expect(describe(flow.finish()) == "none")
        #expect(describe(flow.take().next) == "end")
    }

    @Test func `a failure overtakes a chunk that waits`() {
        var flow = RequestBodyFlow<Int>(length: 9)
        #expect(describe(flow.put([1])) == "none")
        #expect(describe(flow.finish(throwing: Failure())) == "none")
        #expect(describe(flow.take().next) == "failed by Failure")
    }

    @Test func `a body that is too short or too long is a failure, and its producer is sent away`() {
        var short = RequestBodyFlow<Int>(length: 3)
        #expect(describe(short.put([1, 2])) == "none")
        #expect(describe(short.finish()) == "none")
        #expect(describe(short.take().next) == #"failed invalidRequest("The body ended after 2 of 3 bytes.")"#)

        var long = RequestBodyFlow<Int>(length: 3)
        #expect(describe(long.put([1, 2])) == "none")
        #expect(describe(long.take().next) == "chunk [1, 2]")
        #expect(describe(long.put([3, 4])) == "none")
        #expect(describe(long.requestRoom(1)) == "dismiss 1")
        #expect(describe(long.finish()) == "none")
        #expect(
            describe(long.take().next) == #"failed invalidRequest("The body is longer than the 3 bytes announced.")"#
        )
    }

    @Test func `closing sends away a producer that waits and every one after it`() {
        var flow = RequestBodyFlow<Int>(length: 9)
        #expect(describe(flow.put([1])) == "none")
        #expect(describe(flow.requestRoom(1)) == "none")
        #expect(describe(flow.close()) == "dismiss 1")
        #expect(describe(flow.requestRoom(2)) == "dismiss 2")
        #expect(describe(flow.put([2])) == "none")
        #expect(describe(flow.finish()) == "none")
        #expect(describe(flow.close()) == "none")
    }

    private struct Failure: Error {}

    private func describe(_ effect: RequestBodyFlow<Int>.Effect) -> String {
        switch effect {
        case .none: "none"
        case .admit(let producer): "admit \(producer)"
        case .dismiss(let producer): "dismiss \(producer)"
        case .wakeReader: "wake the reader"
        }
    }

    private func describe(_ next: RequestBodyFlow<Int>.Next) -> String {
        switch next {
        case .chunk(let bytes): "chunk \(bytes)"
        case .notYet: "not yet"
        case .end: "end"
        case .failed(.bodyFailed(let cause)): "failed by \(type(of: cause))"
        case .failed(let error): "failed \(error)"
        }
    }
}
