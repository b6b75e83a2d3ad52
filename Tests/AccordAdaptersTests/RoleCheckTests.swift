import AccordAdapters
import AccordDevelopment
import Foundation
import PostgreSQL
import TestSupport
import Testing

/// What is said of a role that could do more than it needs, fault by fault.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct RoleCheckTests {
    /// What is found of a role that has what the application's has, after `faults`, in which `ROLE` stands for it.
    private func problems(_ faults: [String]) async throws -> [String] {
        let cluster = try await TestCluster.shared.cluster
        let central = try TestTenants.current.central
        let role = "role_" + UUID().uuidString.lowercased().prefix(8)
        try await cluster.createRole(role, password: "secret")
        let statements = ["GRANT accord_app TO ROLE"] + faults
        try await cluster.administer(statements.map { $0.replacing("ROLE", with: role) }, in: central.name)
        let url = cluster.url(database: central.name, role: role, password: "secret")
        var found: [String] = []
        try await withPool { pool in
            let databases = Databases(pool: pool, central: try PostgreSQLEndpoint(url: url), logger: .quiet)
            found = try await RoleCheck(databases).findProblems()
        }
        return found.map { $0.replacing(role, with: "ROLE") }
    }

    @Test(.tenants) func `a role that has what the migrations grant is fine`() async throws {
        #expect(try await problems([]) == [])
    }

    @Test(
        .tenants,
        arguments: [
            (["ALTER USER ROLE SUPERUSER"], "is a superuser", "ALTER ROLE ROLE NOSUPERUSER;"),
            (["ALTER USER ROLE BYPASSRLS"], "has BYPASSRLS", "ALTER ROLE ROLE NOBYPASSRLS;"),
            (
                [
                    "CREATE TABLE subscription.more (id int)", "ALTER TABLE subscription.more OWNER TO ROLE",
                    "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON subscription.more FROM ROLE",
                ],
                "owns subscription.more",
                "ALTER TABLE subscription.more ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
            ),
            (
                ["GRANT INSERT ON public.tenants TO ROLE"], "may write public.tenants",
                "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON public.tenants FROM ROLE, PUBLIC;"
            ),
            (
                [
                    #"CREATE SCHEMA "Other""#, #"CREATE TABLE "Other"."T" (id int)"#,
                    #"GRANT DELETE ON "Other"."T" TO PUBLIC"#,
                ],
                #"may write "Other"."T""#, #"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON "Other"."T" FROM ROLE, PUBLIC;"#
            ),
            (
                ["GRANT CREATE ON SCHEMA public TO PUBLIC"], "may make tables in the schema public",
                "REVOKE CREATE ON SCHEMA public FROM ROLE, PUBLIC;"
            ),
            (
                ["GRANT UPDATE (name) ON subscription.orgs TO ROLE"], "may write subscription.orgs",
                "REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON subscription.orgs FROM ROLE, PUBLIC;"
            ),
            (
                ["DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ROLE', current_database()); END $$"],
                "may make schemas in the database", "REVOKE CREATE ON DATABASE"
            ),
            (
                ["ALTER TABLE subscription.connections DISABLE ROW LEVEL SECURITY"],
                "is shown all of subscription.connections",
                "ALTER TABLE subscription.connections ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"
            ),
            (
                ["ALTER USER ROLE NOINHERIT", "CREATE USER ROLE_above SUPERUSER", "GRANT ROLE_above TO ROLE"],
                "may become ROLE_above (SET ROLE)", "REVOKE ROLE_above FROM ROLE;"
            ),
            (
                ["ALTER USER ROLE NOINHERIT", "CREATE USER ROLE_above BYPASSRLS", "GRANT ROLE_above TO ROLE"],
                "may become ROLE_above (SET ROLE)", "REVOKE ROLE_above FROM ROLE;"
            ),
        ])
    func `a fault is named with what mends it`(_ faults: [String], _ fault: String, _ cure: String) async throws {
        let problems = try await problems(faults)
        #expect(problems.count == 1)
        #expect(problems.first?.hasPrefix("The role ROLE \(fault)") == true)
        #expect(problems.first?.contains(cure) == true)
    }

    @Test(.tenants) func `the role that migrates is not the one that serves`() async throws {
        let problems = try await problems(["GRANT accord_owner TO ROLE"])
        #expect(problems.count { $0.contains("ACCORD_MIGRATION_DATABASE_URL") } == 3)
    }

    @Test(.tenants) func `what is the application's own may be written`() async throws {
        #expect(
            try await problems([
                "CREATE SCHEMA connect_more", "CREATE TABLE connect_more.t (id int)",
                "GRANT USAGE, CREATE ON SCHEMA connect_more TO ROLE", "GRANT INSERT, UPDATE ON connect_more.t TO ROLE",
            ]) == [])
    }
}
