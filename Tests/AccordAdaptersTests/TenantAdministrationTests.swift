import AccordDevelopment
import FoundationEssentials
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

@Suite(.timeLimit(.minutes(5)))
struct TenantAdministrationTests {
    /// A migrated central database, and an operator who may make databases and roles in its cluster, but is no superuser.
    private struct Scene {
        let central: TestDatabase
        let operatorURL: String
        /// No two tests take the same: roles and databases belong to the whole cluster.
        let new: NewTenant

        func administer<Value>(
            as url: String? = nil, _ body: (TenantAdministration, PostgreSQLPool) async throws -> Value
        ) async throws -> Value {
            try await withPool(maximumConnections: 6) { pool in
                let endpoint = try PostgreSQLEndpoint(url: url ?? operatorURL)
                let migrator = Migrator(pool: pool, central: endpoint, logger: .quiet) { tenant in
                    NewTenant.isOwnRole(tenant) ? tenant.connecting(as: endpoint) : tenant
                }
                return try await body(
                    TenantAdministration(pool: pool, central: endpoint, migrator: migrator), pool)
            }
        }

        /// What is left of the tenant: its row, its database, its role.
        func traces() async throws -> [String] {
            let cluster = try await TestCluster.shared.cluster
            let name = new.databaseName
            let roles = try await cluster.administer(["SELECT 1 FROM pg_roles WHERE rolname = '\(name)'"])
            return try await texts("SELECT url FROM public.tenants WHERE url = '\(new.url)'", in: central)
                .compactMap(\.self)
                + (try await cluster.hasDatabase(name) ? ["database"] : []) + (roles == "1\n" ? ["role"] : [])
        }
    }

    private func withScene(_ body: (Scene) async throws -> Void) async throws {
        let central = try await TestDatabase.empty()
        let roles = try await TestCluster.shared
        let unique = String(UUID().uuidString.lowercased().prefix(8))
        let scene = Scene(
            central: central, operatorURL: try await TestCluster.administratorURL(database: central.name),
            new: try NewTenant(organization: "org_01\(unique)", url: "t\(unique)", name: "Tenant \(unique)"))
        func end() async throws {
            try await roles.cluster.dropDatabase(scene.new.databaseName)
            try await roles.cluster.administer(["DROP ROLE IF EXISTS \"\(scene.new.databaseName)\""])
            try await central.drop()
        }
        do {
            let report = try await withPool { pool in
                let endpoint = try PostgreSQLEndpoint(url: central.ownerURL)
                return await roles.migrator(pool: pool, central: endpoint, logger: .quiet).run()
            }
            #expect(report.isSuccessful)
            try await body(scene)
        } catch {
            try await end()
            throw error
        }
        try await end()
    }

    // MARK: - Making

    @Test func `a tenant gets a database, a role that can do nothing else, and its row`() async throws {
        try await withScene { scene in
            let (tenant, wasThere) = try await scene.administer { administration, _ in
                try await administration.create(scene.new)
            }
            #expect(!wasThere)
            #expect(tenant.isActive)
            #expect(tenant.schemaVersion == "0004")
            let password = try #require(URLComponents(string: tenant.databaseURL)?.password)
            #expect(!tenant.database.contains(password))
            #expect(scene.new.databaseName.hasPrefix("tenant_\(scene.new.url)_"))
            let stored = try await TestCluster.shared.cluster.administer([
                "SELECT rolpassword FROM pg_authid WHERE rolname = '\(scene.new.databaseName)'"
            ])
            #expect(stored.hasPrefix("SCRAM-SHA-256$1:"), "a random password needs no stretching")

            let endpoint = try PostgreSQLEndpoint(url: tenant.databaseURL)
            try await withPool { pool in
                let rows = try await pool.withConnection(to: endpoint) { connection in
                    try await connection.query(
                        """
                        SELECT rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole, count(agreements.*)::integer
                        FROM pg_roles LEFT JOIN connect_pos.agreements ON true
                        WHERE rolname = current_user GROUP BY 1
                        """, [])
                }
                let row = try #require(rows.first)
                #expect(try row.decode(Bool.self, 0) == false)
                #expect(try row.decode(Int.self, 1) == 0)
                for forbidden in [
                    "CREATE TABLE public.mine (id int)", "CREATE TABLE connect_pos.mine (id int)",
                    "CREATE SCHEMA mine", "UPDATE connect.schema_migrations SET checksum = ''",
                    "DROP TABLE connect_pos.agreements",
                ] {
                    let error = await #expect(throws: PostgreSQLError.self) {
                        try await pool.withConnection(to: endpoint) { try await $0.executeScript(forbidden) }
                    }
                    #expect(error?.sqlState?.rawValue == "42501", "\(forbidden)")
                }
            }
        }
    }

    @Test func `a tenant can't enter another one's database`() async throws {
        try await withScene { first in
            try await withScene { second in
                let one = try await first.administer { administration, _ in
                    try await administration.create(first.new).tenant
                }
                _ = try await second.administer { administration, _ in try await administration.create(second.new) }
                let foreign = try PostgreSQLEndpoint(url: one.databaseURL).database(second.new.databaseName)
                try await withPool { pool in
                    let error = await #expect(throws: PostgreSQLError.self) {
                        try await pool.withConnection(to: foreign) { try await $0.executeScript("SELECT 1") }
                    }
                    #expect("\(error, default: "-")".contains("permission denied for database"))
                }
            }
        }
    }

    /// What an attempt may have left that was killed.
    @Test(arguments: ["role", "role, database", "role, database, tables"])
    func `what was begun is completed`(left: String) async throws {
        try await withScene { scene in
            let name = scene.new.databaseName
            try await scene.administer { administration, pool in
                try await pool.withConnection(to: try PostgreSQLEndpoint(url: scene.operatorURL)) { connection in
                    if left.contains("role") {
                        try await connection.executeScript("CREATE ROLE \"\(name)\" LOGIN PASSWORD 'old'")
                    }
                    if left.contains("database") { try await connection.executeScript("CREATE DATABASE \"\(name)\"") }
                }
                if left.contains("tables") {
                    let endpoint = try PostgreSQLEndpoint(url: scene.operatorURL).database(name)
                    let migrator = Migrator(pool: pool, central: endpoint, logger: .quiet)
                    #expect(await migrator.migrate(newTenant: "t", databaseURL: endpoint.url).failure == nil)
                }
                let (tenant, wasThere) = try await administration.create(scene.new)
                #expect(!wasThere)
                let rows = try await pool.withConnection(to: try PostgreSQLEndpoint(url: tenant.databaseURL)) {
                    try await $0.query("SELECT 1 FROM connect_pos.agreements", [])
                }
                #expect(rows.isEmpty)
                // And once more, when all is done.
                #expect(try await administration.create(scene.new).wasThere)
            }
            #expect(try await scene.traces() == [scene.new.url, "database", "role"])
        }
    }

    @Test func `two at once make one`() async throws {
        try await withScene { scene in
            async let first = scene.administer { administration, _ in
                try await administration.create(scene.new).wasThere
            }
            async let second = scene.administer { administration, _ in
                try await administration.create(scene.new).wasThere
            }
            let both = try await [first, second]
            #expect(Set(both) == [false, true])
        }
    }

    @Test(arguments: ["making the role", "making the database", "migrating", "registering"])
    func `an attempt that ended before any step is completed by the next`(step: String) async throws {
        try await withScene { scene in
            let ended = Task {
                try await scene.administer { administration, _ in
                    try await administration.create(scene.new) { next in
                        if next.hasPrefix(step) { unsafe withUnsafeCurrentTask { unsafe $0?.cancel() } }
                    }
                }
            }
            await #expect(throws: TenantProblem.self) { _ = try await ended.value }
            // What is half made is in nobody's way.
            #expect(try await scene.traces().contains(scene.new.url) == false)
            try await scene.administer { administration, _ in
                let wasThere = try await administration.create(scene.new).wasThere
                #expect(!wasThere)
                let urls = try await administration.all().map(\.url)
                #expect(urls == [scene.new.url])
            }
            #expect(try await scene.traces() == [scene.new.url, "database", "role"])
        }
    }

    @Test func `neither url nor organization can belong to two`() async throws {
        try await withScene { scene in
            try await scene.administer { administration, _ in
                _ = try await administration.create(scene.new)
                for other in [
                    try NewTenant(organization: "org_01other", url: scene.new.url, name: "Other"),
                    try NewTenant(organization: scene.new.organization, url: "other", name: "Other"),
                ] {
                    let problem = await #expect(throws: TenantProblem.self) { try await administration.create(other) }
                    #expect("\(problem, default: "-")".contains("already"))
                    #expect(try await TestCluster.shared.cluster.hasDatabase(other.databaseName) == false)
                }
            }
        }
    }

    @Test func `of two organizations that want one url at once, one gets it and the other leaves nothing`()
        async throws
    {
        try await withScene { scene in
            let other = try NewTenant(organization: "\(scene.new.organization)b", url: scene.new.url, name: "Other")
            func problem(with new: NewTenant) async -> String? {
                do {
                    _ = try await scene.administer { administration, _ in try await administration.create(new) }
                    return nil
                } catch {
                    return "\(error)"
                }
            }
            async let first = problem(with: scene.new)
            async let second = problem(with: other)
            let problems = await [first, second].compactMap(\.self)
            #expect(problems.count == 1)
            #expect(problems.first?.contains("already: neither can have a second one") == true)
            let cluster = try await TestCluster.shared.cluster
            let both = "'\(scene.new.databaseName)', '\(other.databaseName)'"
            let made = try await cluster.administer([
                "SELECT count(*) FROM pg_roles WHERE rolname IN (\(both))",
                "SELECT count(*) FROM pg_database WHERE datname IN (\(both))",
            ])
            #expect(made == "1\n1\n")
            try await cluster.dropDatabase(other.databaseName)
            try await cluster.administer(["DROP ROLE IF EXISTS \"\(other.databaseName)\""])
        }
    }

    @Test func `a database can't belong to two`() async throws {
        try await withScene { scene in
            let database = try await TestDatabase.empty()
            let other = try NewTenant(
                organization: "\(scene.new.organization)b", url: "\(scene.new.url)b", name: "Other")
            try await scene.administer { administration, _ in
                _ = try await administration.create(scene.new, databaseURL: database.ownerURL)
                // Whoever connects, and with whatever parameters.
                for address in [database.ownerURL, database.url, "\(database.ownerURL)?application_name=x"] {
                    let problem = await #expect(throws: TenantProblem.self) {
                        try await administration.create(other, databaseURL: address)
                    }
                    #expect("\(problem, default: "-")".contains("is the tenant \(scene.new.url)'s already"))
                }
                let urls = try await administration.all().map(\.url)
                #expect(urls == [scene.new.url])
            }
            try await database.drop()
        }
    }

    @Test func `a superuser's address is refused`() async throws {
        try await withScene { scene in
            let database = try await TestDatabase.empty()
            let address = try await TestCluster.shared.cluster.superuserURL(database: database.name)
            try await scene.administer { administration, _ in
                let problem = await #expect(throws: TenantProblem.self) {
                    try await administration.create(scene.new, databaseURL: address)
                }
                #expect("\(problem, default: "-")".contains("is a superuser or has BYPASSRLS"))
            }
            #expect(try await scene.traces() == [])
            try await database.drop()
        }
    }

    @Test func `a database that is there already can be taken`() async throws {
        try await withScene { scene in
            let database = try await TestDatabase.empty()
            try await scene.administer { administration, _ in
                let tenant = try await administration.create(scene.new, databaseURL: database.ownerURL).tenant
                #expect(tenant.schemaVersion == "0004")
                #expect(try await scene.traces() == [scene.new.url])
                // It isn't deleted with the tenant.
                try await administration.setActive(scene.new.url, false)
                #expect(try await administration.drop(scene.new.url) == false)
            }
            #expect(try await texts("SELECT 'there'", in: database) == ["there"])
            try await database.drop()
        }
    }

    @Test func `who may not make databases is told what to do`() async throws {
        try await withScene { scene in
            let problem = await #expect(throws: TenantProblem.self) {
                try await scene.administer(as: scene.central.ownerURL) { administration, _ in
                    try await administration.create(scene.new)
                }
            }
            #expect("\(problem, default: "-")".contains("ACCORD_MIGRATION_DATABASE_URL"))
            let traces = try await scene.traces()
            #expect(traces == [])
        }
    }

    // MARK: - Stopping and deleting

    @Test func `a tenant is dropped only when it is inactive, and leaves nothing`() async throws {
        try await withScene { scene in
            let url = scene.new.url
            try await scene.administer { administration, _ in
                _ = try await administration.create(scene.new)
                let urls = try await administration.all().map(\.url)
                #expect(urls == [url])
                await #expect(throws: TenantProblem.active(url: url)) { try await administration.drop(url) }
                #expect(try await scene.traces() == [url, "database", "role"])

                try await administration.setActive(url, false)
                let tenant = try await administration.tenant(url)
                #expect(!tenant.isActive)
                #expect(try await administration.drop(url))
                #expect(try await scene.traces() == [])
                for action in ["show", "activate", "drop"] {
                    await #expect(throws: TenantProblem.unknown(url: url), "\(action)") {
                        switch action {
                        case "show": _ = try await administration.tenant(url)
                        case "activate": try await administration.setActive(url, true)
                        default: _ = try await administration.drop(url)
                        }
                    }
                }
            }
        }
    }

    @Test func `a drop that was killed is completed by the next`() async throws {
        try await withScene { scene in
            try await scene.administer { administration, _ in
                _ = try await administration.create(scene.new)
                try await administration.setActive(scene.new.url, false)
                try await TestCluster.shared.cluster.dropDatabase(scene.new.databaseName)
                #expect(try await administration.drop(scene.new.url))
            }
            #expect(try await scene.traces() == [])
        }
    }

    @Test func `sessions of the tenant's role are cut off by a drop`() async throws {
        try await withScene { scene in
            try await scene.administer { administration, pool in
                let tenant = try await administration.create(scene.new).tenant
                try await administration.setActive(scene.new.url, false)
                try await pool.withConnection(to: try PostgreSQLEndpoint(url: tenant.databaseURL)) { guest in
                    _ = try await guest.query("SELECT 1")
                    #expect(try await administration.drop(scene.new.url))
                    await #expect(throws: PostgreSQLError.self) { _ = try await guest.query("SELECT 1") }
                }
            }
            #expect(try await scene.traces() == [])
        }
    }

    @Test func `what is on another server now is not deleted, and not claimed to be`() async throws {
        try await withScene { scene in
            try await scene.administer { administration, _ in
                _ = try await administration.create(scene.new)
                try await administration.setActive(scene.new.url, false)
                try await setScene(
                    "UPDATE public.tenants SET database_url = replace(database_url, '127.0.0.1', 'db2.example')",
                    in: scene.central)
                #expect(try await administration.drop(scene.new.url) == false)
            }
            #expect(try await scene.traces() == ["database", "role"])
        }
    }

    @Test func `a row that lacks something is listed, and can be dropped`() async throws {
        try await withScene { scene in
            try await setScene(
                """
                ALTER TABLE public.tenants
                    ALTER database_url DROP NOT NULL, ALTER created_at DROP NOT NULL, ALTER is_active DROP NOT NULL;
                INSERT INTO public.tenants (id, org_id, url, name, is_active, created_at)
                    VALUES (gen_random_uuid(), 'org_01old', 'old', 'Old', NULL, NULL);
                """, in: scene.central)
            try await scene.administer { administration, _ in
                let all = try await administration.all()
                #expect(all.map(\.url) == ["old"])
                #expect(all.map(\.createdAt) == [nil])
                #expect(all.map(\.database) == ["(no PostgreSQL URL)"])
                #expect(try await administration.create(scene.new).wasThere == false)
                #expect(try await administration.drop("old") == false)
                #expect(try await administration.all().map(\.url) == [scene.new.url])
            }
        }
    }

    // MARK: - Names

    @Test(arguments: [
        ("org_01abc", "acme", "Acme", true), ("org_01ABC", "a", "A", true), ("org_01abc", "a-b-c", "A", true),
        ("org_01abc", String(repeating: "a", count: 46), "A", true),
        ("org_01abc", String(repeating: "a", count: 47), "A", false),
        ("org_", "acme", "Acme", false), ("01abc", "acme", "Acme", false), ("org_01 abc", "acme", "Acme", false),
        ("org_01'abc", "acme", "Acme", false), ("org_01abc", "", "Acme", false), ("org_01abc", "Acme", "Acme", false),
        ("org_01abc", "a/b", "Acme", false), ("org_01abc", "-a", "Acme", false), ("org_01abc", "a-", "Acme", false),
        ("org_01abc", "äcme", "Acme", false), ("org_01abc", "..", "Acme", false), ("org_01abc", "acme", " ", false),
        ("org_01abc", "acme", "A\tB", false), ("org_01abc", "acme", "A\nB", false),
        ("org_01abc", "acme", "A\u{2028}B", false),
    ])
    func `names are checked`(organization: String, url: String, name: String, isValid: Bool) {
        let new = try? NewTenant(organization: organization, url: url, name: name)
        #expect((new != nil) == isValid)
        if let new { #expect(new.databaseName.utf8.count <= 63) }
    }
}
