import Testing

@testable import GraphQLHTTP

struct ArrivalTests {
    @Test func `everyone who waits gets the first outcome`() async {
        let arrival = Arrival<Int, UploadError>()
        let outcomes = await withTaskGroup(of: Result<Int, UploadError>?.self) { group in
            for _ in 0..<20 { group.addTask { await arrival.outcome() } }
            group.addTask {
                await Task.yield()
                arrival.arrive(.success(1))
                arrival.arrive(.success(2))
                return .success(1)
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(outcomes == Array(repeating: .success(1), count: 21))
        #expect(await arrival.outcome() == .success(1))
    }

    @Test(.timeLimit(.minutes(5)))
    func `a cancelled task stops waiting, whenever it is cancelled`() async {
        for yields in 0..<50 {
            let arrival = Arrival<Int, UploadError>()
            let waiting = Task { await arrival.outcome() }
            for _ in 0..<yields { await Task.yield() }
            waiting.cancel()
            #expect(await waiting.value == nil)
        }
    }
}
