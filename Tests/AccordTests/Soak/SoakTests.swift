import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import AccordDevelopment

/// Many tenants at once at one server whose database sessions are killed at random: nobody sees anything of another, no
/// label is another's, nobody waits for ever, and what was acknowledged is there.
///
/// The seed repeats what is asked, not how it interleaves. `make soak` asks more.
@Suite(.timeLimit(.minutes(60)))
struct SoakTests {
    @Test func `tenants stay apart while database sessions are killed`() async throws {
        let plan = SoakPlan.current
        print("Soak: \(plan.requests) requests, \(plan.tenants) tenants, ACCORD_SOAK_SEED=\(plan.seed)")
        let data = DemoData.soak(tenants: plan.tenants)
        try await TestServer.withNew(storage: .directory, data: data) { server in
            try await withPrivateFolder { folder async throws in
                try await soak(plan, server, in: folder)
            }
        }
    }

    private func soak(_ plan: SoakPlan, _ server: TestServer, in folder: String) async throws {
        let tally = SoakTally()
        // Enough for all tenants, so that it is requests and not new connections that the time goes to.
        let settings = [
            "ACCORD_DATABASE_CONNECTIONS": "\(plan.tenants + 10)", "ACCORD_LOG_FORMAT": "json",
            "ACCORD_RECOVERY_SECONDS": "1", "ACCORD_RECOVERY_WATCH_SECONDS": "2",
        ]
        let serve = try await ServeProcess.start(like: server, settings: settings, program: plan.program, in: folder)
        // A client has 64 connections at most, so there is one for the users of the same number.
        let clients = (1...DemoData.soakUsers).map { _ in HTTPTestClient(url: serve.url) }
        var users: [SoakUser] = []
        for (place, customer) in server.tenants.data.customers.enumerated() {
            for number in 1...DemoData.soakUsers {
                let seed = plan.seed &+ UInt64(place * 10 + number)
                users.append(try SoakUser(customer, number, client: clients[number - 1], seed: seed, tally))
            }
        }

        let start = ContinuousClock.now
        users = try await withKiller(server, seed: plan.seed, tally) { [users] in
            await Self.all(users) { await $0.work(requests: plan.requests / users.count + 1) }
        }
        let duration = ContinuousClock.now - start
        users = await Self.all(users) { await $0.lookAgain() }
        try await Self.waitForRecovery(server)
        #expect(await serve.stop() == 0)

        let log = try serve.lines()
        let check = SoakCheck(tenants: server.tenants, users: users, tally: tally)
        check.check(try await server.contents())
        check.check(log: log)
        print("Soak: \(duration)\n\(tally.summary)")
        for fault in tally.faults { Issue.record("\(fault)") }
        #expect(tally.killed > 0)
    }

    /// Kills sessions for as long as `body` takes.
    private func withKiller<Outcome: Sendable>(
        _ server: TestServer, seed: UInt64, _ tally: SoakTally, _ body: @Sendable () async -> Outcome
    ) async throws -> Outcome {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await SessionKiller.run(in: server.tenants, seed: seed, tally) }
            let outcome = await body()
            tally.endKilling()
            try await group.waitForAll()
            return outcome
        }
    }

    /// Waits, for up to a minute, until nothing is left that recovery could do.
    private static func waitForRecovery(_ server: TestServer) async throws {
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 2), logger: .quiet)
        let deadline = ContinuousClock.now + .seconds(60)
        for member in server.tenants.members {
            let endpoint = try PostgreSQLEndpoint(url: member.database.ownerURL)
            while ContinuousClock.now < deadline {
                let isOver = try await pool.withConnection(to: endpoint) { connection in
                    try await connection.query("SELECT 1 FROM connect_pos.agreement_intents LIMIT 1", []).isEmpty
                }
                if isOver { break }
                try await Task.sleep(for: .milliseconds(200))
            }
        }
        await pool.close()
    }

    /// Has all users do something at once.
    private static func all(
        _ users: [SoakUser], _ act: @escaping @Sendable (inout SoakUser) async -> Void
    ) async -> [SoakUser] {
        await withTaskGroup(of: SoakUser.self) { group in
            for user in users {
                group.addTask {
                    var user = user
                    await act(&user)
                    return user
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
    }
}
