import AccordCore
import Foundation
import Testing

@testable import AccordServer

/// What waits to be written into audit logs, event by event.
struct AuditQueueTests {
    private let one = Self.tenant("one")
    private let two = Self.tenant("two")

    private static func tenant(_ url: String) -> Tenant {
        Tenant(
            id: TenantID(UUID()), organization: TokenOrganization(url), url: url, name: url,
            database: TenantDatabaseReference(connectionURL: ""))
    }

    private func events(_ ids: ClosedRange<Int>, agreements: Int = 0) -> [AuditEvent] {
        ids.map { id in
            AuditEvent(
                .urlIssued, by: Initiator(userID: nil, role: nil, request: RequestOrigin(id: "\(id)")),
                agreementIDs: (0..<agreements).map { _ in AgreementID(UUID()) })
        }
    }

    /// Holds the value, so that an expectation can be what a change of it returns.
    private final class Queue {
        private var queue = AuditQueue<Int>(maximumWeight: (ofTenant: 4, ofAll: 6), batchSize: 2)
        var count: Int { queue.count }
        func add(_ events: [AuditEvent], of tenant: Tenant) -> AuditQueue<Int>.Addition {
            queue.add(events, of: tenant)
        }
        func wait(_ waiter: Int) -> Bool { queue.wait(waiter) }
        func start() -> [Tenant] { queue.start() }
        func batch(of tenant: Tenant) -> [AuditEvent] { queue.batch(of: tenant) }
        func finish(_ tenant: Tenant) -> Bool { queue.finish(tenant) }
        func hasFullBatch(of tenant: Tenant) -> Bool { queue.hasFullBatch(of: tenant) }
        func remove(_ number: Int, of tenant: Tenant) -> [Int] { queue.remove(number, of: tenant) }
        func close() -> [Int] { queue.close() }
    }

    @Test func `a line is written from its beginning, by one at a time`() {
        let queue = Queue()
        let events = events(1...3)
        #expect(queue.add(events, of: one) == .added(toNewLine: true))
        #expect(queue.start() == [one])
        #expect(queue.start() == [])
        #expect(queue.hasFullBatch(of: one))
        #expect(queue.batch(of: one) == Array(events[0..<2]))
        // What failed is there still.
        #expect(queue.batch(of: one) == Array(events[0..<2]))
        #expect(queue.remove(2, of: one) == [])
        #expect(!queue.hasFullBatch(of: one))
        #expect(queue.batch(of: one) == Array(events[2...]))
        #expect(!queue.finish(one))
        #expect(queue.remove(1, of: one) == [])
        #expect(queue.count == 0)
        #expect(queue.batch(of: one) == [])
        // Until somebody has seen that, nobody else writes what comes.
        #expect(queue.add(events, of: one) == .added(toNewLine: false))
        #expect(queue.start() == [])
        #expect(!queue.finish(one))
        #expect(queue.remove(3, of: one) == [])
        #expect(queue.finish(one))
        // The line has ended: the next event begins another.
        #expect(queue.add(events, of: one) == .added(toNewLine: true))
        #expect(queue.start() == [one])
    }

    @Test func `there is room for so much of a tenant, and so much of all`() {
        let queue = Queue()
        #expect(queue.add(events(1...3), of: one) == .added(toNewLine: true))
        #expect(queue.add(events(4...5), of: one) == .full)
        #expect(queue.add(events(4...4), of: one) == .added(toNewLine: false))
        #expect(queue.add(events(1...3), of: two) == .full)
        #expect(queue.add(events(1...2), of: two) == .added(toNewLine: true))
        #expect(queue.count == 6)
        #expect(queue.wait(7))
        #expect(queue.wait(8))
        #expect(queue.remove(1, of: one) == [7, 8])
        #expect(queue.add(events(5...5), of: one) == .added(toNewLine: false))
    }

    @Test func `an event about many agreements takes more room`() {
        let queue = Queue()
        #expect(queue.add(events(1...1, agreements: 47), of: one) == .added(toNewLine: true))
        #expect(queue.add(events(2...3), of: one) == .full)
        #expect(queue.add(events(2...2), of: one) == .added(toNewLine: false))
    }

    @Test func `what is more than there is room for waits until it is alone`() {
        let queue = Queue()
        #expect(queue.add(events(1...1), of: two) == .added(toNewLine: true))
        #expect(queue.add(events(1...9), of: one) == .full)
        #expect(queue.wait(1))
        #expect(queue.remove(1, of: two) == [1])
        #expect(queue.add(events(1...9), of: one) == .added(toNewLine: true))
    }

    @Test func `nothing is taken after the end, and nobody waits`() {
        let queue = Queue()
        #expect(!queue.wait(1))
        #expect(queue.add(events(1...4), of: one) == .added(toNewLine: true))
        #expect(queue.wait(2))
        #expect(queue.close() == [2])
        #expect(queue.add(events(5...5), of: one) == .closed)
        #expect(!queue.wait(3))
        #expect(queue.batch(of: one).count == 2)
    }
}
