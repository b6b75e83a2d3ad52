import AccordCore
import AccordDevelopment
import Curl
import Foundation
import PostgreSQL
import TestSupport
import Testing

/// Tenants and users are kept in memory, and dropped at once when they change, by every server.
@Suite(.serialized, .timeLimit(.minutes(4)))
struct LookUpCacheTests {
    private static let deactivateTenant = "UPDATE public.tenants SET is_active = false WHERE url = 'brightwater'"
    private static let activateTenant = "UPDATE public.tenants SET is_active = true WHERE url = 'brightwater'"
    private static let killListeners =
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND \(listens)"
    private static let listens = "query LIKE '%FROM pg_trigger%' AND pid <> pg_backend_pid()"

    // MARK: - Changes

    @Test(.server(storage: .directory))
    func `a request whose tenant and user are known asks for neither`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        // A server that stalled for a second asks for them again.
        let isKnown = try await repeated(
            {
                try await server.warmUp(token)
                let before = try await server.lookUps()
                var counts: [Int?] = []
                // Who asked for them now would wait.
                try await server.tenants.central.locking("public.tenants, subscription.users") { () async throws in
                    for _ in 1...3 where !counts.contains(nil) {
                        counts.append(try? await server.connections(token: token).count)
                    }
                }
                let after = try await server.lookUps()
                let hits = before.hits.mapValues { $0 + 3 }
                return counts == [7, 7, 7] && after.misses == before.misses && after.hits == hits
            }, until: { $0 })
        #expect(isKnown)
    }

    @Test(
        .server(storage: .directory),
        arguments: [
            (deactivateTenant, activateTenant, "TENANT_NOT_FOUND"),
            (
                "UPDATE public.tenants SET org_id = 'org_01OTHER' WHERE url = 'brightwater'",
                "UPDATE public.tenants SET org_id = $ORG WHERE url = 'brightwater'", "TENANT_NOT_FOUND"
            ),
            (
                "UPDATE subscription.users SET is_active = false", "UPDATE subscription.users SET is_active = true",
                "FORBIDDEN"
            ),
            (
                "UPDATE subscription.users SET auth_provider_id = auth_provider_id || '-old'",
                "UPDATE subscription.users SET auth_provider_id = replace(auth_provider_id, '-old', '')", "FORBIDDEN"
            ),
            (
                "CREATE TABLE kept AS TABLE subscription.users; DELETE FROM subscription.users",
                "INSERT INTO subscription.users TABLE kept", "FORBIDDEN"
            ),
            (
                "CREATE TABLE kept AS TABLE public.tenants; TRUNCATE public.tenants",
                "INSERT INTO public.tenants TABLE kept", "TENANT_NOT_FOUND"
            ),
            (
                "SET session_replication_role = replica; \(deactivateTenant)", activateTenant, "TENANT_NOT_FOUND"
            ),
        ])
    func `who is out is out on every server within a second, and in again`(
        out: String, in back: String, code: String
    ) async throws {
        let server = try TestServer.current
        let token = try server.token()
        try await server.withAnother(settings: [:]) { other async throws in
            for server in [server, other] { try await server.warmUp(token) }
            for _ in 1...3 {
                try await server.tenants.central.change(
                    "SET client_min_messages = error", "DROP TABLE IF EXISTS kept", out)
                for server in [server, other] {
                    try await server.expectRefusal(code, token: token, within: .seconds(1))
                }
                let organization = server.tenants.first.customer.tokenOrganization
                try await server.tenants.central.change(back.replacing("$ORG", with: "'\(organization)'"))
                for server in [server, other] { #expect(try await server.connections(token: token).count == 7) }
            }
        }
    }

    @Test(.server(storage: .directory))
    func `another url, name or database of a tenant is used at once`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        let keystone = try server.organization("Keystone Electric")
        try await server.warmUp(token)
        try await server.tenants.central.change(
            "UPDATE public.tenants SET url = 'brightwater-two', name = 'Two' WHERE url = 'brightwater'")
        try await Task.sleep(for: .seconds(1))
        _ = try await server.upload(.pdf("a.pdf"), to: keystone, token: token).uploaded
        #expect(try await server.storage.keys() == ["brightwater-two/agreements/\(keystone)/a.pdf"])
        try await server.tenants.central.change(
            "UPDATE public.tenants SET database_url = 'postgresql://127.0.0.1:1/gone' WHERE url = 'brightwater-two'")
        try await Task.sleep(for: .seconds(1))
        #expect(
            try await server.client.graphQL("{ connections { agreement { id } } }", token: token).codes.first
                == "DATABASE_UNAVAILABLE")
    }

    @Test(.server(storage: .directory))
    func `a migration's note of a tenant's version, or another column of a user, drops nothing`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        // A server that stalled for a second drops everything.
        var attempt = 0
        let isKept = try await repeated(
            {
                attempt += 1
                try await server.warmUp(token)
                let before = try await server.lookUps()
                try await server.tenants.central.change(
                    """
                    UPDATE public.tenants SET schema_version = '001\(attempt)', url = url;
                    UPDATE subscription.users SET email = 'x\(attempt)@y.z'
                    """)
                try await Task.sleep(for: .milliseconds(300))
                _ = try await server.connections(token: token)
                return try await server.lookUps().misses == before.misses
            }, until: { $0 })
        #expect(isKept)
    }

    /// A look-up that began before a change and ends after it must not bring the old row back.
    @Test(.server(storage: .directory))
    func `no old row comes back while requests and changes race`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        try await server.warmUp(token)
        try await withThrowingTaskGroup { group in
            for _ in 1...4 {
                group.addTask {
                    while !Task.isCancelled {
                        _ = try? await server.client.graphQL("{ connections { name } }", token: token)
                    }
                }
            }
            for _ in 1...10 {
                // Most look-ups are under way when their row has just been dropped.
                for _ in 1...5 {
                    try await server.tenants.central.change(Self.deactivateTenant, Self.activateTenant)
                }
                try await server.tenants.central.change(Self.deactivateTenant)
                try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .seconds(1))
                for _ in 1...3 {
                    try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .zero)
                }
                try await server.tenants.central.change(Self.activateTenant)
            }
            group.cancelAll()
        }
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_DATABASE_CONNECTIONS": "5"]))
    func `the organizations' database is listened to when it is another one`() async throws {
        let server = try TestServer.current
        let organizations = try await TestTenants.make()
        let settings = ["ACCORD_ORGS_DATABASE_URL": organizations.central.url]
        try await server.withAnother(settings: settings) { server async throws in
            let token = try server.token()
            try await server.warmUp(token)
            try await server.tenants.central.change("UPDATE subscription.users SET is_active = false")
            #expect(try await server.connections(token: token).count == 7)
            try await organizations.central.change("UPDATE subscription.users SET is_active = false")
            try await server.expectRefusal("FORBIDDEN", token: token, within: .seconds(1))
            try await organizations.central.change("UPDATE subscription.users SET is_active = true")
            try await server.warmUp(token)
            try await server.tenants.central.change(Self.deactivateTenant)
            try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .seconds(1))
        }
        try await organizations.drop()
    }

    // MARK: - Deaf servers

    @Test(.server(storage: .directory))
    func `a change while the listening connection is gone is not missed`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        for _ in 1...5 {
            try await server.warmUp(token)
            try await server.tenants.central.change(Self.killListeners, Self.deactivateTenant)
            try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .seconds(1))
            try await server.tenants.central.change(Self.killListeners, Self.activateTenant)
            #expect(try await server.connections(token: token).count == 7)
        }
        try await server.warmUp(token)
    }

    @Test(.server(storage: .directory))
    func `a change is not missed when the listening connection is deaf, though it isn't closed`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        try await server.warmUp(token)
        let cluster = try await TestCluster.shared.cluster
        let database = server.tenants.central.name
        let answer = try await cluster.administer(
            ["SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND \(Self.listens)"], in: database)
        let backend = try #require(pid_t(answer.split(separator: "\n").first ?? ""))
        // As if its machine had lost its power: it reads nothing, answers nothing and closes nothing.
        kill(backend, SIGSTOP)
        defer { kill(backend, SIGCONT) }
        try await server.tenants.central.change(Self.deactivateTenant)
        try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .seconds(1))
        try await server.tenants.central.change(Self.activateTenant)
        // By another connection.
        try await server.warmUp(token)
    }

    @Test(.server(storage: .directory))
    func `without the triggers nothing is kept for longer than a second`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        try await server.warmUp(token)
        try await server.tenants.central.change("ALTER TABLE public.tenants DISABLE TRIGGER accord_updated")
        try await server.tenants.central.change(Self.deactivateTenant)
        try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .seconds(1))
        try await server.tenants.central.change(Self.activateTenant)
        // Found again, and kept for a moment.
        while try await !server.client.graphQL("{ __typename }", token: token).errors.isEmpty {}
        let hits = try await server.lookUps().hits["tenants"] ?? 0
        while try await server.lookUps().hits["tenants"] ?? 0 < hits + 3 {
            _ = try await server.connections(token: token)
        }
        try await server.tenants.central.change(Self.deactivateTenant)
        try await server.expectRefusal("TENANT_NOT_FOUND", token: token, within: .seconds(1))
        try await server.tenants.central.change(
            "ALTER TABLE public.tenants ENABLE ALWAYS TRIGGER accord_updated; \(Self.activateTenant)")
        try await server.warmUp(token)
    }

    @Test(.server(storage: .directory))
    func `who listens elsewhere, or has no connection to spare, keeps nothing`() async throws {
        let server = try TestServer.current
        let elsewhere = try await TestTenants.make()
        for settings in [
            ["ACCORD_LISTEN_DATABASE_URL": elsewhere.central.url],
            ["ACCORD_LISTEN_DATABASE_URL": "postgresql://127.0.0.1:1/gone"],
            ["ACCORD_DATABASE_CONNECTIONS": "2"], ["ACCORD_CACHE_ENTRIES": "0"],
        ] {
            try await server.withAnother(settings: settings) { server async throws in
                let token = try server.token()
                for _ in 1...3 {
                    #expect(try await server.connections(token: token).count == 7)
                    try await Task.sleep(for: .milliseconds(200))
                }
                let lookUps = try await server.lookUps()
                #expect(lookUps.isUsable == ["tenants": 0, "users": 0])
                #expect(lookUps.hits == ["tenants": 0, "users": 0])
                #expect(lookUps.entries == ["tenants": 0, "users": 0])
            }
        }
        try await elsewhere.drop()
    }

    // MARK: - Bounds

    @Test(.server(storage: .directory))
    func `strangers take no place, and don't push out who is known`() async throws {
        let server = try TestServer.current
        let token = try server.token()
        let organization = server.tenants.first.customer.tokenOrganization.description
        // A server that stalled for a second drops everything.
        let isKept = try await repeated(
            {
                try await server.warmUp(token)
                for number in 1...50 {
                    let stranger = try TestServer.token(
                        subject: "user_\(number)", organization: organization, role: "member")
                    #expect(try await server.client.graphQL("{ __typename }", token: stranger).codes == ["FORBIDDEN"])
                    let foreign = try TestServer.token(subject: "user_1", organization: "org_\(number)", role: "member")
                    #expect(
                        try await server.client.graphQL("{ __typename }", token: foreign).codes == ["TENANT_NOT_FOUND"])
                }
                let before = try await server.lookUps()
                _ = try await server.connections(token: token)
                let misses = try await server.lookUps().misses
                return before.entries == ["tenants": 1, "users": 1] && misses == before.misses
            }, until: { $0 })
        #expect(isKept)
    }

    @Test(.server(storage: .directory, settings: ["ACCORD_CACHE_ENTRIES": "2"]))
    func `no more are kept than the settings say`() async throws {
        let server = try TestServer.current
        try await server.warmUp(server.token())
        let roles = server.tenants.first.customer.users.map(\.role)
        #expect(roles.count > 2)
        for role in roles + roles {
            #expect(try await server.connections(token: server.token(role)).count == 7)
            #expect(try #require(try await server.lookUps().entries["users"]) <= 2)
        }
    }
}

/// What `/metrics` says about the look-ups, by cache.
private struct LookUpFigures {
    var hits: [String: Double] = [:]
    var misses: [String: Double] = [:]
    var entries: [String: Double] = [:]
    var isUsable: [String: Double] = [:]
}

extension TestServer {
    fileprivate func lookUps() async throws -> LookUpFigures {
        let text = String(decoding: try await client.get("/metrics").body, as: UTF8.self)
        var figures = LookUpFigures()
        for match in text.matches(of: #/\naccord_look_up_cache_(\w+)\{cache="(\w+)"\} (\S+)/#) {
            let (cache, value) = (String(match.2), Double(match.3))
            switch match.1 {
            case "hits_total": figures.hits[cache] = value
            case "misses_total": figures.misses[cache] = value
            case "entries": figures.entries[cache] = value
            default: figures.isUsable[cache] = value
            }
        }
        return figures
    }

    /// Waits, for as long as the test may take, until the look-ups are as wanted.
    fileprivate func waitUntil(_ isReached: (LookUpFigures) -> Bool) async throws {
        while try await !isReached(lookUps()) { try await Task.sleep(for: .milliseconds(20)) }
    }

    /// Asks until the token's tenant and user are found in memory.
    fileprivate func warmUp(_ token: String) async throws {
        let before = try await lookUps().hits
        try await waitUntil { $0.isUsable == ["tenants": 1, "users": 1] }
        while try await lookUps().hits.contains(where: { $0.value < (before[$0.key] ?? 0) + 1 }) {
            _ = try await connections(token: token)
        }
    }

    /// Asks until the token is refused, which has to be soon.
    fileprivate func expectRefusal(_ code: String, token: String, within time: Duration) async throws {
        let start = ContinuousClock.now
        var asked = start
        var answer = try await client.graphQL("{ __typename }", token: token)
        // What was asked for before the time was up may be answered late.
        while answer.errors.isEmpty, asked - start < time {
            try await Task.sleep(for: .milliseconds(10))
            asked = .now
            answer = try await client.graphQL("{ __typename }", token: token)
        }
        #expect(answer.codes == [code])
    }
}

extension TestDatabase {
    /// Runs statements one after the other, each in a transaction of its own, as a role that may do anything.
    fileprivate func change(_ statements: String...) async throws {
        try await TestCluster.shared.cluster.administer(statements, in: name)
    }

    /// Runs `body` while nobody can read these tables.
    fileprivate func locking(_ tables: String, _ body: () async throws -> Void) async throws {
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 1), logger: .quiet)
        do {
            try await pool.withTransaction(on: try PostgreSQLEndpoint(url: ownerURL)) { connection in
                try await connection.executeScript("LOCK TABLE \(tables)")
                try await body()
            }
        } catch {
            await pool.close()
            throw error
        }
        await pool.close()
    }
}
