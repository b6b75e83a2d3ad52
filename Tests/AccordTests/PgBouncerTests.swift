import AccordDevelopment
import Foundation
import TestSupport
import Testing

/// A server behind PgBouncer as `docs/scaling.md` configures it: in transaction mode, where no two transactions need have the
/// same connection of PostgreSQL.
@Suite(
    .serialized, .timeLimit(.minutes(3)), .enabled(if: PgBouncer.isInstalled, "\(PgBouncer.missing)"),
    .server(storage: .directory))
struct PgBouncerTests {
    /// The configuration that `docs/scaling.md` recommends.
    private static func configuration() throws -> String {
        let page = URL(filePath: #filePath).appending(path: "../../../docs/scaling.md").standardized
        let text = try String(contentsOf: page, encoding: .utf8)
        return String(try #require(text.firstMatch(of: #/```ini\n((?:.|\n)*?)```/#)).1)
    }

    /// Puts PgBouncer before both tenants' databases and the central one, and gives the settings that lead there.
    private func withPgBouncer(
        pooling: String, _ body: (_ settings: [String: String]) async throws -> Void
    ) async throws {
        let direct = try TestServer.current
        try await PgBouncer.withRunning(Self.configuration()) { pgbouncer in
            let cluster = try await TestCluster.shared.cluster
            for member in [direct.tenants.first, direct.tenants.second] {
                let url = pgbouncer.url(member.database.url)
                try await cluster.administer(
                    ["UPDATE public.tenants SET database_url = '\(url)' WHERE url = '\(member.customer.url)'"],
                    in: direct.tenants.central.name)
            }
            try await body([
                "ACCORD_DATABASE_URL": pgbouncer.url(direct.tenants.central.url),
                "ACCORD_DATABASE_POOLER": pooling, "ACCORD_DATABASE_CONNECTIONS": "20",
            ])
        }
    }

    /// Runs another server there.
    private func withPooledServer(
        pooling: String = "transaction", _ body: (TestServer) async throws -> Void
    ) async throws {
        let direct = try TestServer.current
        try await withPgBouncer(pooling: pooling) { settings async throws in
            try await direct.withAnother(settings: settings, body)
        }
    }

    /// A command with the server's settings, and those that lead through PgBouncer.
    private func withCommand(
        pooling: String = "transaction", _ body: (AccordCommand) async throws -> Void
    ) async throws {
        let direct = try TestServer.current
        try await withPgBouncer(pooling: pooling) { settings async throws in
            try await withPrivateFolder { folder async throws in
                try FileManager.default.createDirectory(
                    atPath: direct.settings["ACCORD_STORAGE_DIRECTORY"] ?? "", withIntermediateDirectories: true)
                var environment = direct.settings.merging(settings) { $1 }
                environment["ACCORD_DATABASE_CONNECTIONS"] = "4"
                try await body(AccordCommand(environment: environment, folder: folder))
            }
        }
    }

    @Test func `doctor finds nothing wrong there`() async throws {
        try await withCommand { command async throws in
            let run = try await repeated({ try await command.run("doctor") }, until: { $0.status == 0 })
            #expect(run.status == 0, "\(run.output)")
            #expect(run.output.contains("2 of 2 tenants' databases were looked into"))
        }
    }

    @Test func `doctor says what setting is missing`() async throws {
        try await withCommand(pooling: "none") { command async throws in
            let remedy = "mend: Set ACCORD_DATABASE_POOLER=transaction"
            let run = try await repeated(
                { try await command.run("doctor") }, until: { $0.status == 1 && $0.output.contains(remedy) })
            #expect(run.status == 1)
            #expect(run.output.contains(remedy), "\(run.output)")
        }
    }

    @Test func `migrations go through it, time and again`() async throws {
        let direct = try TestServer.current
        try await withCommand { command async throws in
            var command = command
            command.environment["ACCORD_MIGRATION_DATABASE_URL"] = direct.tenants.central.ownerURL
            for _ in 1...4 {
                let run = try await command.run("migrate", "--parallel", "2")
                #expect(run.status == 0, "\(run.output)")
            }
        }
    }

    @Test func `uploads, listings and deletions go through two connections of PostgreSQL for each database`()
        async throws
    {
        let direct = try TestServer.current
        let keystone = try direct.organization("Keystone Electric")
        let members = [direct.tenants.first, direct.tenants.second]
        var names: [String: [String]] = [:]
        for member in members {
            names[member.customer.url] = try await direct.connections(token: direct.token(of: member)).map(\.name)
        }
        #expect(names[members[0].customer.url] != names[members[1].customer.url])
        try await withPooledServer { [names] server async throws in
            try await withThrowingTaskGroup { group in
                for round in 1...200 {
                    let member = members[round % 2]
                    group.addTask {
                        let token = try server.token(of: member)
                        if round % 20 < 2 {
                            _ = try await server.upload(.pdf("agreement.pdf", seed: 1), to: keystone, token: token)
                                .uploaded
                        } else {
                            // Each tenant's own connections, whichever session it was that the last one had.
                            #expect(
                                try await server.connections(token: token).map(\.name) == names[member.customer.url])
                        }
                    }
                }
                try await group.waitForAll()
            }
            for member in members {
                #expect(try await server.delete(keystone, token: server.token(of: member)).errors.isEmpty)
            }
            #expect(try await server.contents() == .nothing)
        }
    }

    @Test func `without the setting, statements prepared in another's session are not found`() async throws {
        await #expect(throws: (any Error).self) {
            try await withPooledServer(pooling: "none") { server async throws in
                for _ in 1...20 { _ = try await server.connections(token: server.token()) }
            }
        }
    }
}
