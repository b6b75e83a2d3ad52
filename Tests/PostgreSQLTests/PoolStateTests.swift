import Testing

@testable import PostgreSQL

/// The pool's decisions, event by event: no server, no clock.
struct PoolStateTests {
    private typealias State = PoolState<String, Int>
    private static let start = ContinuousClock.now
    private let one: PostgreSQLEndpoint
    private let two: PostgreSQLEndpoint

    init() throws {
        one = try PostgreSQLEndpoint(url: "postgresql://db/one")
        two = try PostgreSQLEndpoint(url: "postgresql://db/two")
    }

    /// What somebody got, as text.
    private func text(_ grant: PoolGrant<String>?) -> String {
        switch grant {
        case .none: "wait"
        case .connection(let connection): "connection \(connection)"
        case .slot(.none): "slot"
        case .slot(.some(let connection)): "slot, closing \(connection)"
        }
    }

    private func text(_ resumption: State.Resumption?) -> String {
        switch resumption?.outcome {
        case .none: "nobody"
        case .success(let grant): "\(resumption?.waiter ?? 0): \(text(grant))"
        case .failure(let error): "\(resumption?.waiter ?? 0): \(error)"
        }
    }

    private func wait(_ state: inout State, _ number: Int, for endpoint: PostgreSQLEndpoint) -> String {
        let deadline = Self.start + .seconds(number)
        return text(state.enqueue(UInt64(number), for: endpoint, number, at: Self.start, deadline: deadline))
    }

    @Test func `slots are given until the budget is spent`() throws {
        var state = State(budget: 2)
        #expect(text(try state.acquire(for: one)) == "slot")
        #expect(text(try state.acquire(for: two)) == "slot")
        #expect(text(try state.acquire(for: one)) == "wait")
    }

    @Test func `the connection used last is lent first, and only for its own database`() throws {
        var state = State(budget: 3)
        for name in ["a", "b"] {
            _ = try state.acquire(for: one)
            _ = try state.acquire(for: one)
            _ = state.giveBack(name, of: one, at: Self.start)
            _ = state.giveBack(nil, of: one, at: Self.start)
        }
        #expect(state.idleCount == 1, "the second round was lent the connection of the first")
        #expect(text(try state.acquire(for: two)) == "slot")
        #expect(text(try state.acquire(for: one)) == "connection b")
    }

    @Test func `who can use a connection as it is goes first, a few times`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one)
        #expect(wait(&state, 1, for: two) == "nobody")
        for number in 2...20 { #expect(wait(&state, number, for: one) == "nobody") }
        for number in 2...17 {
            let next = state.giveBack("a", of: one, at: Self.start)
            #expect(text(next.resumption) == "\(number): connection a")
        }
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: slot, closing a")
        #expect(text(state.giveBack("b", of: two, at: Self.start).resumption) == "18: slot, closing b")
    }

    @Test func `a database with a lent connection waits for it before another's is closed`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one)
        _ = try state.acquire(for: two)
        _ = state.giveBack("b", of: two, at: Self.start)
        #expect(wait(&state, 1, for: one) == "nobody", "the other slot is idle, and its connection another's")
        #expect(state.expire(at: Self.start + .milliseconds(49)).isEmpty)
        #expect(text(try state.acquire(for: two)) == "connection b")
        #expect(state.giveBack("b", of: two, at: Self.start).resumption == nil)
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: connection a")

        #expect(wait(&state, 2, for: one) == "nobody")
        let patient = state.expire(at: Self.start + .milliseconds(50))
        #expect(patient.map { text($0) } == ["2: slot, closing b"])
        #expect((state.lentCount, state.idleCount, state.waiterCount) == (2, 0, 0))
    }

    @Test func `who has been patient gets what comes back next`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one)
        _ = try state.acquire(for: two)
        #expect(wait(&state, 1, for: one) == "nobody")
        let next = state.giveBack("b", of: two, at: Self.start + .milliseconds(50))
        #expect(text(next.resumption) == "1: slot, closing b")
    }

    @Test func `the connection idle for longest makes room for another database`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one)
        _ = try state.acquire(for: one)
        _ = state.giveBack("old", of: one, at: Self.start)
        _ = state.giveBack("new", of: one, at: Self.start + .seconds(1))
        #expect(text(try state.acquire(for: two)) == "slot, closing old")
        #expect(text(try state.acquire(for: one)) == "connection new")
        #expect(text(try state.acquire(for: one)) == "wait")
        #expect((state.lentCount, state.idleCount) == (2, 0))
    }

    @Test func `what comes back goes to the first who can use it as it is, else to the first`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one)
        #expect(wait(&state, 1, for: one) == "nobody")
        #expect(wait(&state, 2, for: two) == "nobody")
        #expect(wait(&state, 3, for: one) == "nobody")
        #expect(wait(&state, 4, for: two) == "nobody")
        #expect(wait(&state, 5, for: one) == "nobody")

        let first = state.giveBack("a", of: one, at: Self.start)
        #expect(text(first.resumption) == "1: connection a")
        let second = state.giveBack("a", of: one, at: Self.start)
        #expect(text(second.resumption) == "3: connection a")
        let third = state.giveBack(nil, of: one, at: Self.start)
        #expect(text(third.resumption) == "2: slot")
        let fourth = state.giveBack("b", of: two, at: Self.start)
        #expect(text(fourth.resumption) == "4: connection b")
        let fifth = state.giveBack("b", of: two, at: Self.start)
        #expect(text(fifth.resumption) == "5: slot, closing b")
        #expect((state.lentCount, state.idleCount, state.waiterCount) == (1, 0, 0))
    }

    @Test func `who is about to wait looks again`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one)
        #expect(text(try state.acquire(for: one)) == "wait")
        _ = state.giveBack("a", of: one, at: Self.start)
        #expect(wait(&state, 1, for: one) == "1: connection a")
    }

    @Test func `a waiter leaves by cancellation or by its deadline, and the others move up`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one)
        for number in 1...4 { #expect(wait(&state, number, for: one) == "nobody") }
        #expect(text(state.cancel(2)) == "2: \(PostgreSQLError.cancelled)")
        #expect(text(state.cancel(2)) == "nobody")
        #expect(state.expire(at: Self.start).isEmpty)
        #expect(
            state.expire(at: Self.start + .seconds(3)).map { text($0) }
                == [1, 3].map { "\($0): \(PostgreSQLError.poolTimeout)" })
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "4: connection a")
    }

    @Test func `what has been idle for too long is taken out`() throws {
        var state = State(budget: 3)
        for _ in 1...3 { _ = try state.acquire(for: one) }
        for number in 1...3 { _ = state.giveBack("\(number)", of: one, at: Self.start + .seconds(number)) }
        #expect(state.reap(idleSince: Self.start) == [])
        #expect(state.reap(idleSince: Self.start + .seconds(3)) == ["1", "2"])
        #expect(state.idleCount == 1)
    }

    @Test func `a closed pool refuses everybody and keeps nothing`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one)
        _ = try state.acquire(for: one)
        #expect(wait(&state, 1, for: one) == "nobody")
        let closure = state.close()
        #expect(closure.refused.map { text($0) } == ["1: \(State.closedError)"])
        #expect(closure.closing == [])
        #expect(throws: State.closedError) { try state.acquire(for: one) }
        #expect(wait(&state, 2, for: one) == "2: \(State.closedError)")
        #expect(state.giveBack("a", of: one, at: Self.start).closing == "a")
        #expect((state.lentCount, state.idleCount) == (1, 0))
    }

    @Test func `waits are counted with their times when they end, cancelled ones aside`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one)
        _ = try state.acquire(for: one)
        for number in 1...6 { _ = wait(&state, number, for: number == 6 ? two : one) }
        let waits = { (count: Int, inVain: Int, seconds: Int) in
            var waits = PoolStatistics.Waits()
            for number in 0..<count {
                waits.add(number == 0 ? .seconds(seconds) : .zero, isInVain: number < inVain)
            }
            return waits
        }
        #expect(
            state.statistics == PoolStatistics(maximum: 2, lent: 2, idle: 0, waiting: 6, waits: waits(0, 0, 0)))
        // One by a connection, one by its slot, one in vain, one by another database's connection that lay idle.
        _ = state.giveBack("a", of: one, at: Self.start + .seconds(1))
        _ = state.giveBack(nil, of: one, at: Self.start + .seconds(2))
        _ = state.expire(at: Self.start + .seconds(3))
        _ = state.cancel(4)
        _ = state.cancel(5)
        #expect(
            state.statistics == PoolStatistics(maximum: 2, lent: 2, idle: 0, waiting: 1, waits: waits(3, 1, 6)))
        _ = state.giveBack("b", of: one, at: Self.start + .seconds(4))
        #expect(
            state.statistics == PoolStatistics(maximum: 2, lent: 2, idle: 0, waiting: 0, waits: waits(4, 1, 10)))
    }
}
