import Testing

@testable import AccordAdapters

/// What a cache of look-ups decides, event by event: no clock, no threads, no database.
struct LookUpCacheStateTests {
    private struct Row: Identifiable, Sendable {
        let id: Int
        var text = ""
    }

    private typealias State = LookUpCacheState<String, Row>
    private static let start = ContinuousClock.now
    private static let later = start + .seconds(1)

    /// A cache whose changes are heard up to `later`.
    private func listening(capacity: Int = 4) -> State {
        var state = State(capacity: capacity)
        state.confirm(until: Self.later)
        return state
    }

    /// What is known under a key; nil for nothing that may be used.
    private func text(_ key: String, _ state: inout State, at now: ContinuousClock.Instant = start) -> String? {
        if case .known(let row) = state.find(key, at: now) { row.text } else { nil }
    }

    /// The generation that a look-up begins in.
    private func begin(_ key: String, _ state: inout State) -> Int {
        if case .unknown(let generation) = state.find(key, at: Self.start) { generation } else { -1 }
    }

    private func lookUp(_ key: String, _ row: Row, _ state: inout State) {
        state.insert(row, for: key, generation: begin(key, &state))
    }

    @Test func `what was found is known until it changes`() {
        var state = listening()
        lookUp("a", Row(id: 1, text: "A"), &state)
        lookUp("b", Row(id: 2, text: "B"), &state)
        #expect(text("a", &state) == "A")
        state.changed(1)
        #expect(text("a", &state) == nil)
        #expect(text("b", &state) == "B")
        state.changed()
        #expect(text("b", &state) == nil)
        #expect((state.hits, state.misses, state.count) == (2, 4, 0))
    }

    @Test func `nothing is kept before somebody listens, nor handed out when nobody has confirmed it lately`() {
        var state = State(capacity: 4)
        let early = begin("a", &state)
        state.insert(Row(id: 1), for: "a", generation: early)
        #expect(state.count == 0)
        state.confirm(until: Self.later)
        // It began before, so what changed meanwhile was not heard.
        state.insert(Row(id: 1), for: "a", generation: early)
        #expect(state.count == 0)

        lookUp("a", Row(id: 1, text: "A"), &state)
        #expect(text("a", &state, at: Self.later - .nanoseconds(1)) == "A")
        #expect(text("a", &state, at: Self.later) == nil)
        state.confirm(until: Self.later + .seconds(1))
        #expect(text("a", &state, at: Self.later) == "A")
    }

    @Test func `when nobody listens any more, everything is forgotten`() {
        var state = listening()
        lookUp("a", Row(id: 1), &state)
        let running = begin("b", &state)
        state.stop()
        #expect(state.count == 0)
        #expect(!state.isUsable(at: Self.start))
        state.insert(Row(id: 2), for: "b", generation: running)
        state.confirm(until: Self.later)
        state.insert(Row(id: 2), for: "b", generation: running)
        #expect(text("a", &state) == nil)
        #expect(text("b", &state) == nil)
    }

    @Test func `a look-up that a change overtakes is not kept`() {
        for change in [{ (state: inout State) in state.changed(1) }, { $0.changed(2) }, { $0.changed() }] {
            var state = listening()
            let running = begin("a", &state)
            change(&state)
            state.insert(Row(id: 1, text: "as it was"), for: "a", generation: running)
            #expect(text("a", &state) == nil)
            lookUp("a", Row(id: 1, text: "as it is"), &state)
            #expect(text("a", &state) == "as it is")
        }
    }

    @Test func `a row that has another key is known by that one alone, and a key leads to one row`() {
        var state = listening()
        lookUp("a", Row(id: 1), &state)
        state.insert(Row(id: 1, text: "moved"), for: "b", generation: begin("b", &state))
        #expect(text("a", &state) == nil)
        #expect(text("b", &state) == "moved")
        state.insert(Row(id: 2, text: "other"), for: "b", generation: begin("c", &state))
        #expect(text("b", &state) == "other")
        #expect(state.count == 1)
        state.changed(1)
        #expect(text("b", &state) == "other")
    }

    @Test(arguments: [(0, 0), (1, 0), (2, 2), (4, 4), (100, 100)])
    func `there are never more than the capacity`(capacity: Int, most: Int) {
        var state = listening(capacity: capacity)
        var largest = 0
        for id in 0..<1_000 {
            lookUp("\(id)", Row(id: id), &state)
            largest = max(largest, state.count)
        }
        #expect(largest == most)
        // Nothing is left of what was dropped: a change of each finds those that are there.
        for id in 0..<1_000 { state.changed(id) }
        #expect(state.count == 0)
    }

    @Test func `what is in use stays, whatever else is looked up`() {
        var state = listening(capacity: 4)
        lookUp("hot", Row(id: -1, text: "hot"), &state)
        for id in 0..<1_000 {
            lookUp("\(id)", Row(id: id), &state)
            #expect(text("hot", &state) == "hot")
        }
    }
}
