import AccordDevelopment
import TestSupport
import Testing

/// A server behind PgBouncer in transaction mode, where no two transactions need have the same connection of PostgreSQL.
@Suite(
    .serialized, .timeLimit(.minutes(3)), .enabled(if: PgBouncer.isInstalled, "\(PgBouncer.missing)"),
    .server(storage: .directory))
struct PgBouncerTests {
    /// Puts PgBouncer before both tenants' databases and the central one, and runs another server there.
    private func withPooledServer(
        pooling: String = "transaction", _ body: (TestServer) async throws -> Void
    ) async throws {
        let direct = try TestServer.current
        try await PgBouncer.withRunning(serverConnections: 2) { pgbouncer in
            let cluster = try await TestCluster.shared.cluster
            for member in [direct.tenants.first, direct.tenants.second] {
                let url = pgbouncer.url(member.database.url)
                try await cluster.administer(
                    ["UPDATE public.tenants SET database_url = '\(url)' WHERE url = '\(member.customer.url)'"],
                    in: direct.tenants.central.name)
            }
            let settings = [
                "ACCORD_DATABASE_URL": pgbouncer.url(direct.tenants.central.url),
                "ACCORD_DATABASE_POOLER": pooling, "ACCORD_DATABASE_CONNECTIONS": "20",
            ]
            try await direct.withAnother(settings: settings, body)
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
