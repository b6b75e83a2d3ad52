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
        case .connection(let connection, _): "connection \(connection)"
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

    private func wait(
        _ state: inout State, _ number: Int, for endpoint: PostgreSQLEndpoint, of claimant: String = "all"
    ) -> String {
        let deadline = Self.start + .seconds(number)
        return text(
            state.enqueue(
                UInt64(number), for: endpoint, claimant: claimant, number, at: Self.start, deadline: deadline))
    }

    @Test func `slots are given until the budget is spent`() throws {
        var state = State(budget: 2)
        #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start)) == "slot")
        #expect(text(try state.acquire(for: two, claimant: "all", at: Self.start)) == "slot")
        #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start)) == "wait")
    }

    @Test func `the connection used last is lent first, and only for its own database`() throws {
        var state = State(budget: 3)
        for name in ["a", "b"] {
            _ = try state.acquire(for: one, claimant: "all", at: Self.start)
            _ = try state.acquire(for: one, claimant: "all", at: Self.start)
            _ = state.giveBack(name, of: one, at: Self.start)
            _ = state.giveBack(nil, of: one, at: Self.start)
        }
        #expect(state.idleCount == 1, "the second round was lent the connection of the first")
        #expect(text(try state.acquire(for: two, claimant: "all", at: Self.start)) == "slot")
        #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start)) == "connection b")
    }

    @Test func `who can use a connection as it is goes first, a few times`() throws {
        var state = State(budget: 2)
        for _ in 1...2 { _ = try state.acquire(for: one, claimant: "all", at: Self.start) }
        #expect(wait(&state, 1, for: two) == "nobody")
        for number in 2...20 { #expect(wait(&state, number, for: one) == "nobody") }
        for number in 2...17 {
            let next = state.giveBack("a", of: one, at: Self.start)
            #expect(text(next.resumption) == "\(number): connection a")
        }
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: slot, closing a")
        #expect(text(state.giveBack("b", of: two, at: Self.start).resumption) == "nobody")
        #expect(text(state.giveBack("c", of: one, at: Self.start).resumption) == "18: connection c")
    }

    @Test func `a database with a lent connection waits for it before another's is closed`() throws {
        var state = State(budget: 3)
        let before = Self.start - State.grace
        _ = try state.acquire(for: one, claimant: "all", at: before)
        for _ in 1...2 { _ = try state.acquire(for: two, claimant: "all", at: before) }
        for name in ["b", "c"] { _ = state.giveBack(name, of: two, at: before) }
        #expect(wait(&state, 1, for: one) == "nobody", "the other slots are idle, and their connections another's")
        #expect(state.expire(at: Self.start + .milliseconds(49)).isEmpty)
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: connection a")

        #expect(wait(&state, 2, for: one) == "nobody")
        let patient = state.expire(at: Self.start + .milliseconds(50))
        #expect(patient.map { text($0) } == ["2: slot, closing b"])
        #expect((state.lentCount, state.idleCount, state.waiterCount) == (2, 1, 0))
    }

    @Test func `a connection makes room only after a moment without use`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        #expect(wait(&state, 1, for: two) == "nobody")
        #expect(state.giveBack("a", of: one, at: Self.start).resumption == nil)
        #expect(state.expire(at: Self.start + .milliseconds(99)).isEmpty)
        #expect(
            text(try state.acquire(for: one, claimant: "all", at: Self.start + .milliseconds(99))) == "connection a")
        #expect(state.giveBack("a", of: one, at: Self.start + .milliseconds(99)).resumption == nil)
        #expect(state.expire(at: Self.start + .milliseconds(198)).isEmpty)
        #expect(state.expire(at: Self.start + .milliseconds(199)).map { text($0) } == ["1: slot, closing a"])
    }

    @Test func `a database's last connection serves a number of tasks and then makes room at once`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        #expect(wait(&state, 1, for: two) == "nobody")
        for _ in 1..<State.tenure {
            #expect(state.giveBack("a", of: one, at: Self.start).resumption == nil)
            #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start)) == "connection a")
        }
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: slot, closing a")
        _ = state.giveBack("b", of: two, at: Self.start)
        #expect(
            try state.acquire(for: one, claimant: "all", at: Self.start) == nil, "the other's tenure has just begun")
    }

    @Test func `a visit ends for who has waited for half of its time`() throws {
        var state = State(budget: 1)
        let late = Self.start + .milliseconds(500)
        _ = try state.acquire(for: one, claimant: "guest", at: Self.start)
        #expect(wait(&state, 1, for: two) == "nobody")
        let inTime = late - .milliseconds(1)
        #expect(state.giveBack("a", of: one, at: inTime).resumption == nil, "the guest may come again")
        #expect(text(try state.acquire(for: one, claimant: "guest", at: inTime)) == "connection a")
        #expect(text(state.giveBack("a", of: one, at: late).resumption) == "1: slot, closing a")
        #expect(try state.acquire(for: one, claimant: "guest", at: late) == nil)
    }

    @Test func `a connection that the first can't have closed goes to who can use it`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        #expect(wait(&state, 1, for: two, of: "first") == "nobody")
        for number in 2...18 { #expect(wait(&state, number, for: one, of: "others") == "nobody") }
        // The first is overtaken as often as may be, and then the connection's tenure has not ended.
        for number in 2...18 {
            #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "\(number): connection a")
        }
    }

    @Test func `who was passed over is served though no further connection may be opened`() throws {
        let three = try PostgreSQLEndpoint(url: "postgresql:///three")
        var state = State(budget: 4, openingLimit: 2)
        for endpoint in [one, one, three] {
            _ = try state.acquire(for: endpoint, claimant: "all", at: Self.start)
            #expect(state.finishOpening(at: Self.start) == nil)
        }
        // One is being made all the time.
        _ = try state.acquire(for: three, claimant: "all", at: Self.start)
        #expect(wait(&state, 1, for: two, of: "first") == "nobody")
        for number in 2...18 { #expect(wait(&state, number, for: three, of: "others") == "nobody") }
        #expect(state.giveBack("a", of: one, at: Self.start).resumption == nil)
        for number in 2...17 {
            #expect(text(state.giveBack("c", of: three, at: Self.start).resumption) == "\(number): connection c")
        }
        // Now the first has been overtaken enough to have the other database's second connection closed.
        #expect(text(state.giveBack("c", of: three, at: Self.start).resumption) == "1: slot, closing a")
        #expect(state.expire(at: Self.start).map { text($0) } == ["18: connection c"])
    }

    @Test func `claimants take turns, however many tasks of one wait`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        for number in 1...4 { #expect(wait(&state, number, for: one, of: "noisy") == "nobody") }
        for number in 5...6 { #expect(wait(&state, number, for: one, of: "quiet") == "nobody") }
        #expect(wait(&state, 7, for: one, of: "other") == "nobody")
        var order: [Int] = []
        for count in 1...8 {
            if let next = state.giveBack("a", of: one, at: Self.start).resumption { order.append(next.waiter) }
            // Whoever comes while the third turn is served waits for no earlier one.
            if count == 5 { #expect(wait(&state, 8, for: one, of: "late") == "nobody") }
        }
        #expect(order == [1, 5, 7, 2, 6, 3, 8, 4])
    }

    @Test func `who has had a connection opened goes ahead of the others for a visit`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one, claimant: "regular", at: Self.start)
        _ = state.giveBack("a", of: one, at: Self.start)
        _ = try state.acquire(for: one, claimant: "another", at: Self.start)
        #expect(text(try state.acquire(for: two, claimant: "guest", at: Self.start)) == "slot")
        _ = state.giveBack("b", of: two, at: Self.start)
        #expect(wait(&state, 1, for: one, of: "regular") == "nobody")
        for number in 2...3 { #expect(wait(&state, number, for: one, of: "guest") == "nobody") }
        var order: [Int] = []
        for _ in 1...3 {
            if let next = state.giveBack("a", of: one, at: Self.start).resumption { order.append(next.waiter) }
        }
        #expect(order == [2, 3, 1])
        // When its connection has served enough, it takes turns like everybody.
        for _ in 1..<State.tenure {
            #expect(text(try state.acquire(for: two, claimant: "guest", at: Self.start)) == "connection b")
            _ = state.giveBack("b", of: two, at: Self.start)
        }
        #expect(wait(&state, 4, for: one, of: "regular") == "nobody")
        #expect(wait(&state, 5, for: one, of: "guest") == "nobody")
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "4: connection a")
        // After a pause another visit begins.
        let later = Self.start + State.grace
        #expect(text(try state.acquire(for: two, claimant: "guest", at: later)) == "connection b")
        #expect(wait(&state, 6, for: one, of: "guest") == "nobody")
        #expect(text(state.giveBack("a", of: one, at: later).resumption) == "6: connection a")
        #expect(text(state.giveBack("a", of: one, at: later).resumption) == "5: connection a")
    }

    @Test func `a database that several use is nobody's visit`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "first", at: Self.start)
        _ = state.giveBack("a", of: one, at: Self.start)
        _ = try state.acquire(for: one, claimant: "second", at: Self.start)
        for (number, claimant) in [(1, "third"), (2, "first"), (3, "second")] {
            #expect(wait(&state, number, for: one, of: claimant) == "nobody")
        }
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: connection a")
    }

    // MARK: Spare connections

    /// A state of one slot whose connection, a, has served the database `one` since `before`, and who waits for a spare one
    /// and for another database.
    private func stateWithSpare(idleSince before: ContinuousClock.Instant) throws -> State {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "guest", at: before)
        _ = state.giveBack("a", of: one, at: before)
        #expect(text(state.enqueueForSpare(100, for: one, 100, due: Self.start + .seconds(100))) == "nobody")
        #expect(wait(&state, 1, for: two) == "nobody")
        return state
    }

    /// Who has been lent a spare connection, and since when that lay idle.
    private func spared(_ state: inout State) -> [String] {
        state.takeSpared().map { resumption in
            guard case .success(.connection(_, let since)) = resumption.outcome else { return text(resumption) }
            return "\(text(resumption)) \(since - Self.start)"
        }
    }

    @Test func `who waits for a spare connection gets a database's last one before it makes room`() throws {
        var state = try stateWithSpare(idleSince: Self.start)
        #expect(state.expire(at: Self.start + .milliseconds(99)).isEmpty)
        #expect(spared(&state) == [], "somebody may have a use for it")
        #expect(state.expire(at: Self.start + .milliseconds(100)).isEmpty)
        #expect(spared(&state) == ["100: connection a \(Duration.zero)"])
        #expect(spared(&state) == [])
        #expect((state.lentCount, state.idleCount, state.waiterCount) == (1, 0, 1))
        let next = state.giveBack("a", of: one, at: Self.start + .milliseconds(101), idleSince: Self.start)
        #expect(text(next.resumption) == "1: slot, closing a")
        #expect(spared(&state) == [])
    }

    @Test func `whoever needs a connection meanwhile goes on with it`() throws {
        var state = try stateWithSpare(idleSince: Self.start - State.grace)
        #expect(spared(&state).count == 1)
        #expect(wait(&state, 2, for: one, of: "guest") == "nobody")
        let next = state.giveBack("a", of: one, at: Self.start, idleSince: Self.start - State.grace)
        #expect(text(next.resumption) == "2: connection a")
    }

    @Test func `one who waits for a spare connection holds up nobody who finds another`() throws {
        var state = State(budget: 2)
        let three = try PostgreSQLEndpoint(url: "postgresql://db/three")
        for (endpoint, name) in [(one, "a"), (two, "b")] {
            _ = try state.acquire(for: endpoint, claimant: "all", at: Self.start)
            _ = state.giveBack(name, of: endpoint, at: Self.start)
        }
        for number in 1...2 {
            _ = state.enqueueForSpare(UInt64(number), for: one, number, due: Self.start + .seconds(1))
        }
        let later = Self.start + State.grace
        #expect(text(try state.acquire(for: three, claimant: "all", at: later)) == "slot, closing b")
        #expect(spared(&state) == ["1: connection a \(Duration.zero)"])
    }

    @Test func `of several connections to a database only the last is spared`() throws {
        var state = State(budget: 2)
        for _ in 1...2 { _ = try state.acquire(for: one, claimant: "all", at: Self.start) }
        for name in ["a", "b"] { _ = state.giveBack(name, of: one, at: Self.start) }
        _ = state.enqueueForSpare(1, for: one, 1, due: Self.start + .seconds(1))
        let later = Self.start + State.grace
        #expect(text(try state.acquire(for: two, claimant: "all", at: later)) == "slot, closing a")
        #expect(spared(&state) == [])
        #expect(text(try state.acquire(for: two, claimant: "all", at: later)) == "wait")
        #expect(spared(&state) == [], "it waits for the connection of its own database first")
        #expect(wait(&state, 2, for: two) == "nobody")
        _ = state.expire(at: later + State.patience)
        #expect(spared(&state) == ["1: connection b \(Duration.zero)"])
    }

    @Test func `a spare connection counts as no use of its database`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "guest", at: Self.start)
        _ = state.giveBack("a", of: one, at: Self.start)
        for number in 1...State.tenure {
            _ = state.enqueueForSpare(UInt64(number), for: one, number, due: Self.start)
            #expect(state.expire(at: Self.start).isEmpty)
            #expect(spared(&state).count == 1)
            _ = state.giveBack("a", of: one, at: Self.start + .milliseconds(50), idleSince: Self.start)
        }
        #expect(wait(&state, 30, for: two) == "nobody", "it has served only one task")
        #expect(
            state.expire(at: Self.start + State.grace).map { text($0) } == ["30: slot, closing a"], "since its last use"
        )
    }

    @Test func `when the time is up, a spare connection is one that is idle, or none`() throws {
        var state = State(budget: 2)
        for number in 1...4 {
            _ = state.enqueueForSpare(UInt64(number), for: number == 4 ? two : one, number, due: Self.start)
        }
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = state.giveBack("a", of: one, at: Self.start)
        #expect(text(state.cancelSpare(1, for: one)) == "1: \(PostgreSQLError.cancelled)")
        #expect(text(state.cancelSpare(1, for: one)) == "nobody")
        #expect(state.expire(at: Self.start - .milliseconds(1)).isEmpty)
        #expect(
            Set(state.expire(at: Self.start).map { text($0) })
                == Set([3, 4].map { "\($0): \(PostgreSQLError.poolTimeout)" }))
        #expect(spared(&state) == ["2: connection a \(Duration.zero)"])
        #expect(state.expire(at: Self.start + .seconds(1)).isEmpty)
    }

    @Test func `a closed pool has nothing to spare`() throws {
        var state = try stateWithSpare(idleSince: Self.start)
        let closure = state.close()
        #expect(closure.refused.map { text($0) } == [1, 100].map { "\($0): \(State.closedError)" })
        #expect(closure.closing == ["a"])
        #expect(text(state.enqueueForSpare(2, for: one, 2, due: Self.start)) == "2: \(State.closedError)")
        #expect(state.expire(at: Self.start + .seconds(200)).isEmpty)
    }

    // MARK: Shares and limits

    @Test func `a database has no more than its share, though slots are free`() throws {
        var state = State(budget: 4, databaseBudget: 2)
        for _ in 1...2 { #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start)) == "slot") }
        #expect(wait(&state, 1, for: one) == "nobody")
        #expect(state.expire(at: Self.start + State.patience).isEmpty)
        #expect(text(try state.acquire(for: two, claimant: "all", at: Self.start)) == "slot")
        #expect(text(state.giveBack(nil, of: one, at: Self.start).resumption) == "1: slot")
    }

    @Test func `few connections are opened at a time, and whoever needs none isn't held up`() throws {
        var state = State(budget: 4, openingLimit: 1)
        #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start)) == "slot")
        #expect(wait(&state, 1, for: two) == "nobody")
        #expect(wait(&state, 2, for: one) == "nobody")
        #expect(text(state.finishOpening(at: Self.start)) == "1: slot")
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "2: connection a")
        // One that failed lets the next try.
        #expect(wait(&state, 3, for: two) == "nobody")
        #expect(text(state.finishOpening(at: Self.start)) == "3: slot")
        #expect(text(state.giveBack(nil, of: two, at: Self.start).resumption) == "nobody")
    }

    @Test func `a server's budget bounds its databases, and lets the others' through`() throws {
        let far = try PostgreSQLEndpoint(url: "postgresql://far/three")
        var state = State(budget: 4, serverBudget: 2)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = try state.acquire(for: two, claimant: "all", at: Self.start)
        #expect(wait(&state, 1, for: one) == "nobody")
        #expect(text(try state.acquire(for: far, claimant: "all", at: Self.start)) == "slot")
        #expect(wait(&state, 2, for: far) == "2: slot")
        #expect(wait(&state, 3, for: far) == "nobody")
        // What comes back of another server is of no use to the first in the queue.
        #expect(text(state.giveBack("c", of: far, at: Self.start).resumption) == "3: connection c")
        #expect(state.giveBack("d", of: far, at: Self.start).resumption == nil)
        #expect(text(state.giveBack("a", of: one, at: Self.start).resumption) == "1: connection a")
        // The server's own idle connection makes room, not the one that has been idle for longer elsewhere.
        _ = state.giveBack("a", of: one, at: Self.start)
        let later = Self.start + .seconds(1)
        #expect(
            text(
                try state.acquire(for: try PostgreSQLEndpoint(url: "postgresql://db/four"), claimant: "all", at: later))
                == "slot, closing a")
    }

    @Test func `the connection idle for longest makes room for another database`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = state.giveBack("old", of: one, at: Self.start)
        _ = state.giveBack("new", of: one, at: Self.start + .seconds(1))
        #expect(text(try state.acquire(for: two, claimant: "all", at: Self.start + .seconds(1))) == "slot, closing old")
        #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start + .seconds(1))) == "connection new")
        #expect(text(try state.acquire(for: one, claimant: "all", at: Self.start + .seconds(1))) == "wait")
        #expect((state.lentCount, state.idleCount) == (2, 0))
    }

    @Test func `a waiter leaves by cancellation or by its deadline, and the others move up`() throws {
        var state = State(budget: 1)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
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
        for _ in 1...3 { _ = try state.acquire(for: one, claimant: "all", at: Self.start) }
        for number in 1...3 { _ = state.giveBack("\(number)", of: one, at: Self.start + .seconds(number)) }
        #expect(state.reap(idleSince: Self.start) == [])
        #expect(state.reap(idleSince: Self.start + .seconds(3)) == ["1", "2"])
        #expect(state.idleCount == 1)
    }

    @Test func `a closed pool refuses everybody and keeps nothing`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        #expect(wait(&state, 1, for: one) == "nobody")
        let closure = state.close()
        #expect(closure.refused.map { text($0) } == ["1: \(State.closedError)"])
        #expect(closure.closing == [])
        #expect(throws: State.closedError) { try state.acquire(for: one, claimant: "all", at: Self.start) }
        #expect(wait(&state, 2, for: one) == "2: \(State.closedError)")
        #expect(state.giveBack("a", of: one, at: Self.start).closing == "a")
        #expect((state.lentCount, state.idleCount) == (1, 0))
    }

    @Test func `waits are counted with their times when they end, cancelled ones aside`() throws {
        var state = State(budget: 2)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        _ = try state.acquire(for: one, claimant: "all", at: Self.start)
        for number in [1, 2, 3, 4, 5, 9] { _ = wait(&state, number, for: number == 9 ? two : one) }
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
        _ = state.giveBack("b", of: one, at: Self.start + .seconds(4) - State.grace)
        _ = state.expire(at: Self.start + .seconds(4))
        #expect(
            state.statistics == PoolStatistics(maximum: 2, lent: 2, idle: 0, waiting: 0, waits: waits(4, 1, 10)))
    }
}
