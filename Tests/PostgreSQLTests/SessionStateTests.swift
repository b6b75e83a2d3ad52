import Testing

@testable import PostgreSQL

/// The session's decisions, event by event: no server, no clock.
struct SessionStateTests {
    private typealias State = SessionState<String, Int>
    private static let start = ContinuousClock.now
    private static let soon = start + .seconds(5)
    private static let canceled = PostgreSQLError.server(ServerError(sqlState: .queryCanceled, message: "canceled"))

    /// Who is resumed, and with what.
    private struct Resumed: Equatable {
        var waiter: String
        var outcome: Result<Int, PostgreSQLError>

        init?(_ resumption: State.Resumption?) {
            guard let resumption else { return nil }
            (waiter, outcome) = (resumption.waiter, resumption.outcome)
        }

        init(_ waiter: String, _ outcome: Result<Int, PostgreSQLError>) {
            (self.waiter, self.outcome) = (waiter, outcome)
        }
    }

    private func ready() -> State {
        var state = State()
        _ = state.connect("opener", deadline: Self.soon)
        _ = state.connected(0)
        return state
    }

    private func busy() -> State {
        var state = ready()
        _ = state.begin(1, "asker", deadline: nil)
        return state
    }

    @Test func `opening, asking and asking again`() {
        var state = State()
        #expect(Resumed(state.connect("opener", deadline: Self.soon)) == nil)
        #expect(state.deadline == Self.soon)
        #expect(Resumed(state.connected(0)) == Resumed("opener", .success(0)))
        #expect(state.deadline == nil)
        for id in UInt64(1)...3 {
            #expect(Resumed(state.begin(id, "asker \(id)", deadline: nil)) == nil)
            state.received(.success(10))
            state.received(.success(20))
            #expect(Resumed(state.answered()) == Resumed("asker \(id)", .success(20)))
        }
    }

    @Test func `the first error of a script is its outcome`() {
        var state = busy()
        let error = PostgreSQLError.server(ServerError(sqlState: .syntaxError, message: "first"))
        state.received(.success(1))
        state.received(.failure(error))
        state.received(.success(2))
        #expect(Resumed(state.answered()) == Resumed("asker", .failure(error)))
    }

    @Test func `a request that was cancelled is over when both its answer and its cancel request are`() {
        var answerFirst = busy()
        guard case .send = answerFirst.cancel(1, deadline: Self.soon) else {
            Issue.record("no cancel request is sent")
            return
        }
        answerFirst.received(.failure(Self.canceled))
        #expect(Resumed(answerFirst.answered()) == nil)
        #expect(Resumed(answerFirst.cancelDelivered(1, at: Self.start)) == Resumed("asker", .failure(.cancelled)))
        #expect(answerFirst.deadline == nil)

        var deliveredFirst = busy()
        _ = deliveredFirst.cancel(1, deadline: Self.soon)
        #expect(Resumed(deliveredFirst.cancelDelivered(1, at: Self.start)) == nil)
        deliveredFirst.received(.failure(Self.canceled))
        #expect(Resumed(deliveredFirst.answered()) == Resumed("asker", .failure(.cancelled)))
    }

    @Test func `a cancel request that came too early is sent again`() {
        var state = busy()
        #expect(state.cancelAgain(at: Self.soon) == nil)
        _ = state.cancel(1, deadline: Self.soon)
        #expect(state.cancelAgain(at: Self.soon) == nil, "the first is still under way")
        _ = state.cancelDelivered(1, at: Self.start)
        #expect(state.cancelAgain(at: Self.start + .milliseconds(99)) == nil)
        #expect(state.cancelAgain(at: Self.start + .milliseconds(100)) == 1)
        #expect(state.cancelAgain(at: Self.soon) == nil, "the second is under way")
        state.received(.failure(Self.canceled))
        #expect(Resumed(state.answered()) == nil)
        #expect(Resumed(state.cancelDelivered(1, at: Self.soon)) == Resumed("asker", .failure(.cancelled)))
    }

    @Test func `a cancel request that came too late doesn't hide what was done`() {
        var state = busy()
        _ = state.cancel(1, deadline: Self.soon)
        state.received(.success(7))
        _ = state.answered()
        #expect(Resumed(state.cancelDelivered(1, at: Self.start)) == Resumed("asker", .success(7)))
    }

    @Test func `a statement that the server gave up by itself is the server's error`() {
        var state = busy()
        state.received(.failure(Self.canceled))
        #expect(Resumed(state.answered()) == Resumed("asker", .failure(Self.canceled)))
    }

    @Test func `cancelling before the beginning refuses that request and no other`() {
        var state = ready()
        guard case .none = state.cancel(1, deadline: Self.soon) else {
            Issue.record("there is nothing to cancel yet")
            return
        }
        #expect(Resumed(state.begin(1, "asker", deadline: nil)) == Resumed("asker", .failure(.cancelled)))
        #expect(Resumed(state.begin(2, "next", deadline: nil)) == nil)
        guard case .none = state.cancel(1, deadline: Self.soon) else {
            Issue.record("the cancellation of one request must not reach another")
            return
        }
    }

    @Test func `cancelling while connecting, or before, ends the attempt`() {
        var before = State()
        _ = before.cancel(State.connecting, deadline: Self.soon)
        #expect(Resumed(before.connect("opener", deadline: Self.soon)) == Resumed("opener", .failure(.cancelled)))

        var during = State()
        _ = during.connect("opener", deadline: Self.soon)
        guard case .close = during.cancel(State.connecting, deadline: Self.soon) else {
            Issue.record("the attempt goes on")
            return
        }
        #expect(Resumed(during.close(.cancelled)) == Resumed("opener", .failure(.cancelled)))
        #expect(Resumed(during.connected(0)) == nil)
    }

    @Test func `each deadline has its reason`() {
        var connecting = State()
        _ = connecting.connect("opener", deadline: Self.soon)
        #expect(connecting.expired(at: Self.start) == nil)
        #expect(connecting.expired(at: Self.soon) == .connectionFailed("the server did not answer in time"))

        var cancelling = busy()
        #expect(cancelling.expired(at: .now + .seconds(1000)) == nil)
        _ = cancelling.cancel(1, deadline: Self.soon)
        #expect(cancelling.expired(at: Self.soon) == .cancelled)

        var impatient = ready()
        _ = impatient.begin(1, "asker", deadline: Self.soon)
        #expect(impatient.expired(at: Self.soon) == .connectionLost("the server did not answer in time"))
    }

    @Test func `the end of the session is told once, in the server's words if it had any`() {
        let lost = PostgreSQLError.connectionLost("gone")
        var silent = busy()
        #expect(Resumed(silent.close(lost)) == Resumed("asker", .failure(lost)))
        #expect(Resumed(silent.close(lost)) == nil)
        #expect(Resumed(silent.answered()) == nil)
        #expect(Resumed(silent.begin(2, "next", deadline: nil)) == Resumed("next", .failure(lost)))

        var explained = busy()
        explained.received(
            .failure(.server(ServerError(sqlState: SQLState(rawValue: "57P01"), message: "terminating"))))
        let reason = PostgreSQLError.connectionLost("terminating (SQLSTATE 57P01)")
        #expect(Resumed(explained.close(lost)) == Resumed("asker", .failure(reason)))

        var answered = busy()
        _ = answered.cancel(1, deadline: Self.soon)
        answered.received(.success(3))
        _ = answered.answered()
        #expect(Resumed(answered.close(.cancelled)) == Resumed("asker", .success(3)))
    }
}
