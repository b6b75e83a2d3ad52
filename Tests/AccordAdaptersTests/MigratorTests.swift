import FoundationEssentials
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters
@testable import AccordDevelopment

@Suite(.timeLimit(.minutes(5)))
struct MigratorTests {
    /// A central database and those of some tenants, all empty.
    private struct Scene {
        let central: TestDatabase
        var tenants: [String: TestDatabase] = [:]

        /// Migrates as the owner.
        func migrate(_ tenant: String? = nil, _ mode: Migrator.Mode = .migrate) async throws -> MigrationReport {
            try await withMigrator { await $0.run(tenant: tenant, mode: mode) }
        }

        func status(_ tenant: String? = nil) async throws -> [MigrationStatus] {
            try await withMigrator { await $0.status(tenant: tenant) }
        }

        private func withMigrator<Value: Sendable>(_ body: (Migrator) async -> Value) async throws -> Value {
            let roles = try await TestCluster.shared
            return try await withPool { pool in
                let endpoint = try PostgreSQLEndpoint(url: central.ownerURL)
                return await body(roles.migrator(pool: pool, central: endpoint, logger: .quiet))
            }
        }

        /// Registers a tenant with a database of its own.
        mutating func add(_ url: String, isActive: Bool = true) async throws {
            let database = try await TestDatabase.empty()
            tenants[url] = database
            try await add(url, databaseURL: database.url, isActive: isActive)
        }

        func add(_ url: String, databaseURL: String, isActive: Bool = true) async throws {
            try await setScene(
                """
                INSERT INTO public.tenants (id, org_id, url, name, database_url, is_active)
                    VALUES (gen_random_uuid(), 'org_01\(url)', '\(url)', '\(url)', '\(databaseURL)', \(isActive));
                """,
                in: central)
        }

        func drop() async throws {
            for database in [central] + tenants.values { try await database.drop() }
        }
    }

    private func withScene(_ body: (inout Scene) async throws -> Void) async throws {
        var scene = Scene(central: try await TestDatabase.empty())
        do {
            try await body(&scene)
        } catch {
            try await scene.drop()
            throw error
        }
        try await scene.drop()
    }

    private let columnsOfAgreements = """
        SELECT column_name || ' ' || data_type || coalesce('(' || character_maximum_length || ')', '')
            || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END
        FROM information_schema.columns WHERE table_schema = 'connect_pos' AND table_name = 'agreements' ORDER BY ordinal_position
        """

    // MARK: - The list

    private static let tenantNames = [
        "0001_agreements", "0002_agreement_intents", "0003_agreement_versions", "0004_audit_log",
    ]

    private static let centralNames = [
        "0001_tenants", "0002_subscription", "0003_row_level_security", "0004_tenant_notifications",
        "0005_user_notifications",
    ]

    @Test func `the list of migrations is the files on disk, in order`() throws {
        let project = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        func files(_ folder: String) throws -> [String: String] {
            let path = "/\(project)/migrations/\(folder)"
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            return try Dictionary(
                uniqueKeysWithValues: names.map { name in
                    let content = try #require(FileManager.default.contents(atPath: "\(path)/\(name)"))
                    return (String(name.dropLast(".sql".count)), String(decoding: content, as: UTF8.self))
                })
        }
        func listed(_ scopes: [Migration.Scope]) -> [Migration] { Migration.all.filter { scopes.contains($0.scope) } }

        for (folder, scopes) in [("central", [Migration.Scope.central, .organizations]), ("tenant", [.tenant])] {
            let migrations = listed(scopes)
            #expect(Dictionary(uniqueKeysWithValues: migrations.map { ($0.name, $0.sql) }) == (try files(folder)))
            #expect(migrations.map(\.version) == migrations.indices.map { String(10_000 + $0 + 1).dropFirst() + "" })
        }
    }

    // MARK: - New databases

    @Test func `every active tenant gets the schema, and its version is recorded in both places`() async throws {
        try await withScene { scene in
            #expect(try await scene.migrate().outcomes.map(\.database) == ["central"])
            for url in ["b", "a", "c"] { try await scene.add(url) }
            try await scene.add("inactive", isActive: false)

            let report = try await scene.migrate()
            #expect(report.isSuccessful)
            #expect(report.outcomes.map(\.database) == ["central", "a", "b", "c"])
            #expect(report.outcomes.map(\.applied) == [[]] + Array(repeating: Self.tenantNames, count: 3))
            #expect(report.outcomes.map(\.version) == ["0005", "0004", "0004", "0004"])

            let versions = "SELECT url || ' ' || coalesce(schema_version, '-') FROM public.tenants ORDER BY url"
            #expect(try await texts(versions, in: scene.central) == ["a 0004", "b 0004", "c 0004", "inactive -"])
            for url in ["a", "b", "c"] {
                let database = try #require(scene.tenants[url])
                #expect(
                    try await texts(columnsOfAgreements, in: database) == [
                        "id uuid not null", "connected_org_id uuid not null", "s3_key character varying(500) not null",
                        "file_name character varying(255) not null", "file_size integer not null",
                        "file_sha character varying(64) not null", "created_by_id uuid not null",
                        "created_at timestamp with time zone not null",
                    ])
                let ledger = "SELECT version || ' ' || name FROM connect.schema_migrations"
                #expect(
                    try await texts(ledger, in: database)
                        == Self.tenantNames.map { "\($0.prefix(4)) \($0)" })
            }
            let untouched = try #require(scene.tenants["inactive"])
            #expect(try await texts(columnsOfAgreements, in: untouched) == [])
        }
    }

    @Test func `a second run changes nothing`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            let database = try #require(scene.tenants["a"])
            let stamp = "SELECT max(applied_at)::text FROM connect.schema_migrations"
            let before = try await texts(stamp, in: database)
            let report = try await scene.migrate()
            #expect(report.outcomes.map(\.applied) == [[], []])
            #expect(report.outcomes.map(\.version) == ["0005", "0004"])
            #expect(try await texts(stamp, in: database) == before)
        }
    }

    @Test func `two runs at once apply each migration once`() async throws {
        try await withScene { scene in
            let central = scene
            async let first = central.migrate()
            async let second = central.migrate()
            let reports = try await [first, second]
            #expect(reports.map(\.isSuccessful) == [true, true])
            #expect(
                reports.flatMap { $0.outcomes.flatMap(\.applied) }.sorted() == Self.centralNames)
        }
    }

    @Test func `a database that is behind is waited for, one that is up to date is not touched`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            for url in ["a", "b"] { try await scene.add(url) }
            _ = try await scene.migrate("a")
            let (current, behind) = (try #require(scene.tenants["a"]), try #require(scene.tenants["b"]))
            let writes = "SELECT max(xmin::text::bigint)::text FROM connect.schema_migrations"
            let before = try await texts(writes, in: current)
            async let held: Void = holdLocks(of: current, untilOneWaitsFor: behind)
            try await locks(in: behind, areGranted: true)
            #expect(try await scene.migrate().outcomes.map(\.applied) == [[], [], Self.tenantNames])
            try await held
            #expect(try await texts(writes, in: current) == before)
        }
    }

    /// Does what another run does in both databases, until a run waits for it in the second one.
    private func holdLocks(of first: TestDatabase, untilOneWaitsFor second: TestDatabase) async throws {
        let lock = "SELECT pg_advisory_xact_lock(hashtextextended('accord.migrations', 0))"
        try await withPool { pool in
            try await pool.withTransaction(on: PostgreSQLEndpoint(url: first.ownerURL)) { connection in
                try await connection.executeScript(lock)
                try await pool.withTransaction(on: PostgreSQLEndpoint(url: second.ownerURL)) { connection in
                    try await connection.executeScript(lock)
                    try await locks(in: second, areGranted: false)
                }
            }
        }
    }

    /// Waits until somebody holds, or waits for, a lock there.
    private func locks(in database: TestDatabase, areGranted: Bool) async throws {
        let query = """
            SELECT 'found' FROM pg_locks JOIN pg_database ON pg_database.oid = database
            WHERE locktype = 'advisory' AND granted = \(areGranted) AND datname = current_database()
            """
        while try await texts(query, in: database).isEmpty { try await Task.sleep(for: .milliseconds(20)) }
    }

    @Test func `organizations may have a database of their own`() async throws {
        try await withScene { scene in
            let organizations = try await TestDatabase.empty()
            scene.tenants["the organizations"] = organizations
            let central = scene.central
            let report = try await withPool { pool in
                await Migrator(
                    pool: pool, central: try PostgreSQLEndpoint(url: central.ownerURL),
                    organizations: try PostgreSQLEndpoint(url: organizations.ownerURL), applicationRole: "accord_app",
                    logger: .quiet
                ).run()
            }
            #expect(report.outcomes.map(\.database) == ["central", "organizations"])
            #expect(
                report.outcomes.map(\.applied) == [
                    ["0001_tenants", "0004_tenant_notifications"],
                    ["0002_subscription", "0003_row_level_security", "0005_user_notifications"],
                ])
            let tables = """
                SELECT table_schema || '.' || table_name FROM information_schema.tables
                WHERE table_schema IN ('public', 'subscription') ORDER BY 1
                """
            #expect(try await texts(tables, in: central) == ["public.tenants"])
            #expect(
                try await texts(tables, in: organizations) == [
                    "subscription.connections", "subscription.orgs", "subscription.users",
                ])
        }
    }

    // MARK: - Databases from before

    /// What an existing customer's databases look like. No `connect` schema; indexes under PostgreSQL's own names.
    private let centralFromBefore = """
        CREATE TABLE public.tenants (
            id uuid PRIMARY KEY, org_id text NOT NULL UNIQUE, url text NOT NULL UNIQUE, name text NOT NULL,
            database_url text NOT NULL, is_active bool NOT NULL DEFAULT true, created_at timestamptz NOT NULL DEFAULT now());
        CREATE SCHEMA subscription;
        CREATE TABLE subscription.orgs (id uuid PRIMARY KEY, name text NOT NULL, org_type text NOT NULL, domain text, note text);
        CREATE TABLE subscription.users (
            id uuid PRIMARY KEY, auth_provider_id text NOT NULL UNIQUE, org_id uuid NOT NULL REFERENCES subscription.orgs,
            email text NOT NULL, role text NOT NULL DEFAULT 'member', is_active bool NOT NULL DEFAULT true);
        CREATE TABLE subscription.connections (
            id uuid PRIMARY KEY, requester_org_id uuid NOT NULL REFERENCES subscription.orgs,
            target_org_id uuid NOT NULL REFERENCES subscription.orgs, status text NOT NULL,
            created_at timestamptz NOT NULL DEFAULT now(), updated_at timestamptz NOT NULL DEFAULT now());
        CREATE UNIQUE INDEX ON subscription.connections
            (least(requester_org_id, target_org_id), greatest(requester_org_id, target_org_id));
        CREATE INDEX ON subscription.connections (requester_org_id);
        CREATE INDEX ON subscription.connections (target_org_id);
        """

    private let tenantFromBefore = """
        CREATE SCHEMA connect_pos;
        CREATE TABLE connect_pos.agreements (
            id uuid PRIMARY KEY, connected_org_id uuid NOT NULL UNIQUE, s3_key varchar(500) NOT NULL,
            file_name varchar(255) NOT NULL, file_size integer NOT NULL, file_sha varchar(64) NOT NULL,
            created_by_id uuid NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
        INSERT INTO connect_pos.agreements VALUES (gen_random_uuid(), gen_random_uuid(), 'k', 'n', 1, 's', gen_random_uuid());
        """

    @Test func `databases from before are taken over as they are`() async throws {
        try await withScene { scene in
            try await setScene(centralFromBefore, in: scene.central)
            try await scene.add("a")
            let database = try #require(scene.tenants["a"])
            try await setScene(tenantFromBefore, in: database)

            #expect(try await scene.migrate().isSuccessful)
            #expect(try await texts("SELECT s3_key::text FROM connect_pos.agreements", in: database) == ["k"])
            let versions = """
                SELECT version || ' ' || file_name || ' ' || coalesce(ended_as, 'open') FROM connect_pos.agreements
                    JOIN connect_pos.agreement_versions
                        USING (connected_org_id, file_name, file_size, file_sha, created_by_id, created_at)
                """
            #expect(try await texts(versions, in: database) == ["1 n open"])
            #expect(try await texts("SELECT schema_version FROM public.tenants", in: scene.central) == ["0004"])
            // No index twice under two names.
            let indexes = "SELECT indexname::text FROM pg_indexes WHERE tablename = 'connections' ORDER BY 1"
            #expect(
                try await texts(indexes, in: scene.central) == [
                    "connections_least_greatest_idx", "connections_pkey", "connections_requester_org_id_idx",
                    "connections_target_org_id_idx",
                ])
        }
    }

    // MARK: - Failures

    /// Makes the tenants' first migration fail: a table brings along a type of its own name.
    private let obstacle = "CREATE SCHEMA connect_pos; CREATE TYPE connect_pos.agreements AS ENUM ()"

    @Test func `a tenant that fails is reported with its SQLSTATE and holds up nobody`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            for url in ["a", "b", "c"] { try await scene.add(url) }
            // A table of another tool in the place of ours.
            let broken = try #require(scene.tenants["b"])
            try await setScene(
                "CREATE SCHEMA connect; CREATE TABLE connect.schema_migrations (number int)", in: broken)
            let unreachable = "postgresql://accord_app@127.0.0.1:1/none"
            try await scene.add("d", databaseURL: unreachable)
            try await scene.add("e", databaseURL: "not a url")

            let report = try await scene.migrate()
            #expect(!report.isSuccessful)
            #expect(report.outcomes.map(\.database) == ["central", "a", "b", "c", "d", "e"])
            #expect(report.outcomes.map(\.version) == ["0005", "0004", nil, "0004", nil, nil])
            let states = report.outcomes.map { outcome in
                if case .database(let sqlState, _) = outcome.failure { sqlState ?? "none" } else { "" }
            }
            #expect(states == ["", "", "42703", "", "none", "none"])
            #expect(report.outcomes[2].failure.map { "\($0)".ranges(of: "SQLSTATE").count } == 1)
            let schemas = "SELECT nspname::text FROM pg_namespace WHERE nspname LIKE 'connect%'"
            #expect(try await texts(schemas, in: broken) == ["connect"])
            let versions = "SELECT url || ' ' || coalesce(schema_version, '-') FROM public.tenants ORDER BY url"
            #expect(try await texts(versions, in: scene.central) == ["a 0004", "b -", "c 0004", "d -", "e -"])
        }
    }

    @Test func `a migration edited after it was applied is refused`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            let database = try #require(scene.tenants["a"])
            try await setScene("UPDATE connect.schema_migrations SET checksum = 'other'", in: database)
            let report = try await scene.migrate()
            #expect(report.outcomes.map(\.failure) == [nil, .edited(migration: "0001_agreements")])
        }
    }

    @Test func `a database that a newer version has migrated is refused`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            try await setScene(
                "INSERT INTO connect.schema_migrations VALUES ('0099', '0099_later', 'sum', now())", in: scene.central)
            let report = try await scene.migrate()
            // Without the central database no tenant is touched.
            #expect(report.outcomes.map(\.failure) == [.unknown(migration: "0099_later")])
        }
    }

    @Test(arguments: [
        "ALTER TABLE connect.schema_migrations DROP COLUMN applied_by, DROP COLUMN duration_ms, DROP COLUMN fingerprint",
        // Of the kind before.
        "UPDATE connect.schema_migrations SET fingerprint = md5('') WHERE fingerprint IS NOT NULL",
    ])
    func `a ledger from before gets what it lacks`(change: String) async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await setScene(change, in: scene.central)
            #expect(try await scene.status().map(\.isUpToDate) == [true])
            let report = try await scene.migrate()
            #expect(report.isSuccessful)
            #expect(report.outcomes.map(\.hasDrifted) == [false])
            try await setScene("ALTER TABLE subscription.orgs ADD COLUMN note text", in: scene.central)
            #expect(try await scene.status().map(\.hasDrifted) == [true])
        }
    }

    @Test func `a row without an address fails alone`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("b")
            try await setScene(
                """
                ALTER TABLE public.tenants ALTER database_url DROP NOT NULL;
                INSERT INTO public.tenants (id, org_id, url, name) VALUES (gen_random_uuid(), 'org_01a', 'a', 'a')
                """, in: scene.central)
            let report = try await scene.migrate()
            #expect(report.outcomes.map(\.database) == ["central", "a", "b"])
            #expect(report.outcomes.map(\.version) == ["0005", nil, "0004"])
            #expect(try await scene.status().map(\.database) == ["central", "a", "b"])
        }
    }

    @Test func `a table that somebody reads for long is not waited for, and the next run goes on`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            let database = try #require(scene.tenants["a"])
            try await setScene("DELETE FROM connect.schema_migrations WHERE name = '0004_audit_log'", in: database)
            let blocked = scene
            let failure = try await withPool { pool in
                try await pool.withTransaction(on: PostgreSQLEndpoint(url: database.ownerURL)) { reader in
                    _ = try await reader.query("SELECT 1 FROM connect_pos.agreement_intents")
                    return try await blocked.migrate().outcomes.last?.failure
                }
            }
            guard case .database(let state, _) = failure else { throw PostgreSQLError.cancelled }
            #expect(state == SQLState.lockNotAvailable.rawValue)
            #expect(try await scene.migrate().outcomes.map(\.applied) == [[], ["0004_audit_log"]])
        }
    }

    @Test func `when two tenants fail one after the other, no other is touched`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            for url in ["a", "b", "c"] { try await scene.add(url) }
            for url in ["a", "b"] { try await setScene(obstacle, in: try #require(scene.tenants[url])) }
            let report = try await scene.migrate()
            #expect(report.outcomes.map(\.version) == ["0005", nil, nil, nil])
            #expect(report.outcomes.last?.failure == .leftAlone)
            #expect(try await texts(columnsOfAgreements, in: try #require(scene.tenants["c"])) == [])

            // Once one of them is repaired, the rest follow; and no tenant that is up to date counts as the first.
            try await setScene("DROP TYPE connect_pos.agreements", in: try #require(scene.tenants["b"]))
            #expect(try await scene.migrate().outcomes.map(\.version) == ["0005", nil, "0004", "0004"])
            for url in ["c1", "c2", "d"] { try await scene.add(url) }
            for url in ["c1", "c2"] { try await setScene(obstacle, in: try #require(scene.tenants[url])) }
            #expect(
                try await scene.migrate().outcomes.map(\.version) == ["0005", nil, "0004", "0004", nil, nil, nil])
        }
    }

    // MARK: - Parts of a run

    @Test func `one tenant can be migrated alone`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            for url in ["a", "b"] { try await scene.add(url) }
            let report = try await scene.migrate("b")
            #expect(report.outcomes.map(\.database) == ["b"])
            #expect(report.isSuccessful)
            #expect(try await texts(columnsOfAgreements, in: try #require(scene.tenants["a"])) == [])
            #expect(try await scene.migrate("z").outcomes.map(\.failure) == [.noTenant(url: "z")])
        }
    }

    @Test func `a rehearsal executes everything and leaves nothing`() async throws {
        try await withScene { scene in
            let first = try await scene.migrate(nil, .rehearse)
            #expect(first.outcomes.map(\.applied) == [Self.centralNames])
            let schemas = "SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^(connect|subscription)'"
            #expect(try await texts(schemas, in: scene.central) == [])

            _ = try await scene.migrate()
            try await scene.add("a")
            #expect(try await scene.migrate(nil, .rehearse).outcomes.map(\.applied) == [[], Self.tenantNames])
            #expect(try await texts(schemas, in: try #require(scene.tenants["a"])) == [])
            #expect(try await texts("SELECT url FROM tenants WHERE schema_version IS NULL", in: scene.central) == ["a"])
            // What would fail, fails.
            try await setScene(obstacle, in: try #require(scene.tenants["a"]))
            #expect(try await scene.migrate(nil, .rehearse).outcomes.last?.failure != nil)
        }
    }

    @Test func `other applications' objects are left alone, and their versions are not read`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            let database = try #require(scene.tenants["a"])
            try await setScene(
                """
                CREATE TABLE public.alembic_version (version_num varchar(32) PRIMARY KEY);
                INSERT INTO public.alembic_version VALUES ('9f2c');
                CREATE SCHEMA pyuser; CREATE TABLE pyuser.things (id int);
                """, in: database)
            let others = """
                SELECT c.relname::text || ' ' || c.relfilenode FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname IN ('public', 'pyuser') ORDER BY 1
                """
            let before = try await texts(others, in: database)
            #expect(try await scene.migrate().isSuccessful)
            #expect(try await texts(others, in: database) == before)
            #expect(try await texts("SELECT version_num::text FROM public.alembic_version", in: database) == ["9f2c"])
            // Nor do changes to them count as drift.
            try await setScene("ALTER TABLE pyuser.things ADD COLUMN more int", in: database)
            #expect(try await scene.status().allSatisfy(\.isUpToDate))
        }
    }

    // MARK: - How databases stand

    @Test func `what a database lacks is told, and who applied what`() async throws {
        try await withScene { scene in
            #expect(try await scene.status().map(\.pending) == [Self.centralNames])
            _ = try await scene.migrate()
            try await scene.add("a")
            try await scene.add("b", databaseURL: "postgresql://accord_app@127.0.0.1:1/none")
            let statuses = try await scene.status()
            #expect(statuses.map(\.database) == ["central", "a", "b"])
            #expect(statuses.map(\.pending) == [[], Self.tenantNames, []])
            #expect(statuses.map(\.isUpToDate) == [true, false, false])
            #expect(statuses[0].history.map(\.name) == Self.centralNames)
            for entry in statuses[0].history {
                #expect(entry.appliedBy?.isEmpty == false)
                #expect(try #require(entry.milliseconds) >= 0)
            }
            _ = try await scene.migrate("a")
            #expect(try await scene.status("a").map(\.isUpToDate) == [true])
        }
    }

    @Test(arguments: [
        "ALTER TABLE connect_pos.agreements ADD COLUMN note text",
        "ALTER TABLE connect_pos.agreements ALTER COLUMN file_name TYPE text",
        "ALTER TABLE connect_pos.agreements ALTER COLUMN file_sha DROP NOT NULL",
        "ALTER TABLE connect_pos.agreements ALTER COLUMN created_at DROP DEFAULT",
        "ALTER TABLE connect_pos.agreements DROP CONSTRAINT agreements_connected_org_id_key",
        "CREATE INDEX ON connect_pos.agreements (file_name)",
        "CREATE TABLE connect_pos.more (id int)",
        "DROP TABLE connect_pos.agreements",
    ])
    func `tables that were changed by hand are reported`(change: String) async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            #expect(try await scene.status().map(\.hasDrifted) == [false, false])
            try await setScene(change, in: try #require(scene.tenants["a"]))
            #expect(try await scene.status().map(\.hasDrifted) == [false, true])
        }
    }

    @Test(arguments: [
        "DROP POLICY accord_own ON subscription.connections",
        "ALTER POLICY accord_own ON subscription.connections USING (true)",
        "CREATE POLICY more ON subscription.users USING (true)",
        "ALTER TABLE subscription.users NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE subscription.orgs DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE subscription.users DISABLE TRIGGER USER",
        "ALTER TABLE public.tenants DISABLE TRIGGER USER",
    ])
    func `rules that were changed by hand are reported`(change: String) async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            #expect(try await scene.status().map(\.hasDrifted) == [false])
            try await setScene(change, in: scene.central)
            #expect(try await scene.status().map(\.hasDrifted) == [true])
        }
    }

    @Test func `what was dumped and restored was not changed by hand`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            let central = try await restored(scene.central)
            let tenant = try await restored(try #require(scene.tenants["a"]))
            scene.tenants["restored central"] = central
            scene.tenants["restored tenant"] = tenant
            try await setScene("UPDATE public.tenants SET database_url = '\(tenant.url)'", in: central)
            let copy = Scene(central: central)
            #expect(try await copy.status().map(\.isUpToDate) == [true, true])
            #expect(try await copy.migrate().outcomes.map(\.hasDrifted) == [false, false])

            try await setScene(
                """
                ALTER TABLE connect_pos.audit_entries DROP CONSTRAINT audit_entries_action_check,
                    ADD CONSTRAINT audit_entries_action_check CHECK (action IN ('upload'));
                """, in: tenant)
            #expect(try await copy.status().map(\.hasDrifted) == [false, true])
        }
    }

    /// A copy by `pg_dump` and `pg_restore`, as operators make it.
    private func restored(_ original: TestDatabase) async throws -> TestDatabase {
        let cluster = try await TestCluster.shared.cluster
        let copy = try await TestDatabase.empty()
        let script = #"set -e; "$1/pg_dump" -Fc -f "$4" -d "$2"; "$1/pg_restore" -e -d "$3" "$4"; rm "$4""#
        let file = FileManager.default.temporaryDirectory.appending(path: "\(copy.name).dump").path
        let addresses = [original, copy].map { cluster.superuserURL(database: $0.name) }
        _ = try await ChildProcess.run(
            ChildProcess.Command(words: ["/bin/sh", "-c", script, "sh", cluster.programs.folder] + addresses + [file]))
        return copy
    }

    // MARK: - Grants

    @Test func `privileges that are missing are told, planned and given`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            #expect(try await scene.status().map(\.isUpToDate) == [true, true])
            try await setScene("REVOKE SELECT ON subscription.users FROM accord_app", in: scene.central)
            try await setScene(
                """
                REVOKE ALL ON connect_pos.agreements FROM accord_app;
                GRANT DELETE ON connect_pos.audit_entries TO accord_app
                """, in: try #require(scene.tenants["a"]))
            let gaps = [
                "the role accord_app lacks SELECT on subscription.users",
                """
                the role accord_app lacks SELECT on connect_pos.agreements, INSERT on connect_pos.agreements, \
                UPDATE on connect_pos.agreements and 1 more, and must not have DELETE on connect_pos.audit_entries
                """,
            ]
            #expect(try await scene.status().map(\.isUpToDate) == [false, false])
            #expect(try await scene.status().map(\.privilegeGaps.clause) == gaps)

            let planned = try await scene.migrate(nil, .rehearse).outcomes
            #expect(planned.map(\.applied) == [[], []])
            #expect(planned[0].grants.contains("GRANT SELECT ON TABLE subscription.users TO \"accord_app\""))
            #expect(planned[1].grants.contains("REVOKE UPDATE, DELETE, TRUNCATE ON TABLE connect_pos.audit_entries"))
            #expect(try await scene.status().map(\.privilegeGaps.clause) == gaps)

            #expect(try await scene.migrate().outcomes.map(\.grants) == planned.map(\.grants))
            #expect(try await scene.status().map(\.isUpToDate) == [true, true])
            #expect(try await scene.migrate().outcomes.map(\.grants) == ["", ""])
        }
    }

    @Test func `other tenants' roles are kept out of a database that was moved`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            let cluster = try await TestCluster.shared.cluster
            let name = "tenant_a_\(UUID().uuidString.lowercased().prefix(8))"
            try await cluster.createRole(name, password: "secret")
            try await cluster.createDatabase(name, owner: "accord_owner")
            let endpoint = try PostgreSQLEndpoint(url: try await TestCluster.shared.ownerURL(database: name))
            let address = cluster.url(database: name, role: name, password: "secret")
            try await withPool { pool in
                let migrator = Migrator(pool: pool, central: endpoint, logger: .quiet) { $0.connecting(as: endpoint) }
                let outcome = await migrator.migrate(newTenant: "a", databaseURL: address)
                #expect(outcome.grants.hasPrefix("REVOKE CONNECT, TEMPORARY ON DATABASE \"\(name)\" FROM PUBLIC;\n"))
                let again = await migrator.migrate(newTenant: "a", databaseURL: address)
                #expect(again.grants == "")
            }
            let open = "SELECT has_database_privilege('accord_app', '\(name)', 'CONNECT')"
            #expect(try await cluster.administer([open]) == "f\n")
            try await cluster.dropDatabase(name)
            try await cluster.administer(["DROP ROLE \"\(name)\""])
        }
    }

    @Test func `the application's role gets what it needs and no more`() async throws {
        try await withScene { scene in
            _ = try await scene.migrate()
            try await scene.add("a")
            _ = try await scene.migrate()
            let grants = """
                SELECT table_schema || '.' || table_name || ': ' || string_agg(privilege_type, ' ' ORDER BY privilege_type)
                FROM information_schema.role_table_grants WHERE grantee = 'accord_app'
                GROUP BY table_schema, table_name ORDER BY 1
                """
            #expect(
                try await texts(grants, in: scene.central) == [
                    "connect.schema_migrations: SELECT", "public.tenants: SELECT", "subscription.connections: SELECT",
                    "subscription.users: SELECT",
                ])
            let columns = """
                SELECT column_name::text FROM information_schema.column_privileges
                WHERE grantee = 'accord_app' AND table_name = 'orgs' ORDER BY 1
                """
            #expect(try await texts(columns, in: scene.central) == ["id", "name"])
            #expect(
                try await texts(grants, in: try #require(scene.tenants["a"])) == [
                    "connect.schema_migrations: SELECT", "connect_pos.agreement_intents: DELETE INSERT SELECT UPDATE",
                    "connect_pos.agreement_versions: INSERT SELECT UPDATE",
                    "connect_pos.agreements: DELETE INSERT SELECT UPDATE", "connect_pos.audit_entries: SELECT",
                    "connect_pos.audit_heads: SELECT",
                ])
            let insertable = """
                SELECT column_name::text FROM information_schema.column_privileges
                WHERE grantee = 'accord_app' AND table_name = 'audit_entries' AND privilege_type = 'INSERT' ORDER BY 1
                """
            #expect(
                try await texts(insertable, in: try #require(scene.tenants["a"])) == AuditRow.insertedColumns.sorted())

            // What somebody has granted besides is taken back.
            try await setScene(
                """
                GRANT INSERT, UPDATE, DELETE ON connect_pos.audit_entries, connect_pos.audit_heads TO accord_app;
                GRANT TRUNCATE ON connect_pos.audit_entries TO PUBLIC
                """, in: try #require(scene.tenants["a"]))
            _ = try await scene.migrate()
            let left = """
                SELECT has_table_privilege('accord_app', 'connect_pos.' || name, 'INSERT, UPDATE, DELETE, TRUNCATE')::text
                FROM (VALUES ('audit_entries'), ('audit_heads')) AS tables (name)
                """
            #expect(try await texts(left, in: try #require(scene.tenants["a"])) == ["false", "false"])
        }
    }

    @Test func `a role's name is quoted`() {
        let grants = ApplicationGrants(role: #"o"; DROP TABLE x; --"#)
        #expect(
            grants.statements(for: [], database: "d b") == #"""
                GRANT CONNECT ON DATABASE "d b" TO "o""; DROP TABLE x; --";
                GRANT USAGE ON SCHEMA connect TO "o""; DROP TABLE x; --";
                GRANT SELECT ON TABLE connect.schema_migrations TO "o""; DROP TABLE x; --"
                """#)
    }

    // MARK: - The schema's own rules

    @Test(arguments: [
        ("two connections of one pair", "VALUES (gen_random_uuid(), :b, :a, 'active')", "23505"),
        ("a connection to oneself", "VALUES (gen_random_uuid(), :a, :a, 'active')", "23514"),
        ("a status that is none", "VALUES (gen_random_uuid(), :a, :c, 'accepted')", "23514"),
        ("an unknown organization", "VALUES (gen_random_uuid(), :a, gen_random_uuid(), 'active')", "23503"),
    ])
    func `the central database refuses`(what: String, values: String, state: String) async throws {
        let organizations = ["a": UUID(), "b": UUID(), "c": UUID()]
        func filled(_ text: String) -> String {
            organizations.reduce(text) { $0.replacing(":\($1.key)", with: "'\($1.value)'") }
        }
        let insert = "INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status) "
        try await withScene { scene in
            _ = try await scene.migrate()
            let scenery = filled(
                "INSERT INTO subscription.orgs VALUES (:a, 'A', 't'), (:b, 'B', 't'), (:c, 'C', 't');"
                    + insert + "VALUES (gen_random_uuid(), :a, :b, 'pending')")
            try await setScene(scenery, in: scene.central)
            let error = await #expect(throws: PostgreSQLError.self) {
                try await setScene(filled(insert + values), in: scene.central)
            }
            #expect(error?.sqlState?.rawValue == state)
        }
    }
}
