import AccordCore
import FoundationEssentials
import Testing

@testable import AccordAdapters

@Suite(.timeLimit(.minutes(5)))
struct ChangePlacesTests {
    private let tenant = Tenant(
        id: TenantID(UUID()), organization: TokenOrganization("org_01"), url: "acme", name: "Acme",
        database: TenantDatabaseReference(connectionURL: "postgresql://db/acme"))

    @Test func `no more have a place at a time than there are`() async throws {
        let places = ChangePlaces(count: 3)
        let tally = Tally()
        try await withThrowingTaskGroup { group in
            for _ in 1...100 {
                group.addTask {
                    try await places.take(for: tenant)
                    await tally.enter()
                    await Task.yield()
                    await tally.leave()
                    places.giveBack()
                }
            }
            try await group.waitForAll()
        }
        #expect(await tally.now == 0)
        #expect((1...3).contains(await tally.most))
        #expect(await tally.total == 100)
    }

    private actor Tally {
        private(set) var now = 0, most = 0, total = 0

        func enter() {
            now += 1
            total += 1
            most = max(most, now)
        }

        func leave() { now -= 1 }
    }

    @Test func `who is cancelled while waiting takes no place`() async throws {
        let places = ChangePlaces(count: 1)
        try await places.take(for: tenant)
        // Cancelled at any moment: before it stands in line, while it does, or when its turn comes.
        for round in 1...200 {
            let waiting = Task {
                do throws(AccordError) {
                    try await places.take(for: tenant)
                    places.giveBack()
                    return nil as AccordError?
                } catch {
                    return error
                }
            }
            for _ in 0..<(round % 4) { await Task.yield() }
            waiting.cancel()
            #expect(await waiting.value == .timeout)
        }
        places.giveBack()
        try await places.take(for: tenant)
        places.giveBack()
    }
}
