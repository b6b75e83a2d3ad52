package import AccordCore
import PostgreSQL

/// Something that the application's role could do and must not.
package struct RoleProblem: Hashable, Sendable, CustomStringConvertible {
    /// A sentence.
    package let problem: String
    /// What takes it away: a statement, mostly.
    package let remedy: String

    package var description: String { "\(problem) \(remedy)" }
}

/// Finds out whether the application's role may do more than it needs, so that a wrong statement could do harm.
///
/// PostgreSQL documentation, "Row Security Policies": superusers, roles with `BYPASSRLS`, and owners of tables where it is
/// not forced are not subject to it, and nothing says so when their statements run.
package struct RoleCheck: Sendable {
    private let databases: Databases

    /// Makes a check; nothing is asked yet.
    package init(_ databases: Databases) {
        self.databases = databases
    }

    /// Asks the central database, and the one of the organizations if it is another.
    ///
    /// - Returns: for each thing that the role could do and must not, a sentence that names what takes it away.
    /// - Throws: `databaseUnavailable`, `timeout`.
    package func findProblems() async throws(AccordError) -> [String] {
        var problems = try await databases.central.withConnection(Self.findProblems)
        if !databases.areOne { problems += try await databases.organizations.withConnection(Self.findProblems) }
        return problems.map(\.description)
    }

    /// Asks the database that a connection leads to, whichever it is.
    static func findProblems(_ connection: PostgreSQLConnection) async throws -> [RoleProblem] {
        let rows = try await connection.query(
            "SELECT quote_ident(rolname), rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        guard let row = rows.first else { return [] }
        let role = try row.decode(String.self, 0)
        // It may do anything: what else is found would follow from that.
        if try row.decode(Bool.self, 1) {
            return [
                RoleProblem(
                    problem: "The role \(role) is a superuser, so row-level security doesn't hold for it.",
                    remedy: "Run: ALTER ROLE \(role) NOSUPERUSER; or name another role in the database's URL.")
            ]
        }
        var problems: [RoleProblem] = []
        if try row.decode(Bool.self, 2) {
            problems.append(
                RoleProblem(
                    problem: "The role \(role) has BYPASSRLS, so row-level security doesn't hold for it.",
                    remedy: "Run: ALTER ROLE \(role) NOBYPASSRLS;"))
        }
        for (statement, problem) in Self.findings {
            for row in try await connection.query(statement) {
                problems.append(problem(role, try row.decode(String.self, 0)))
            }
        }
        return problems
    }

    private typealias Finding = (
        statement: PreparedStatement, problem: (_ role: String, _ object: String) -> RoleProblem
    )

    /// Each statement names objects; the closure says what is wrong with one.
    private static var findings: [Finding] {
        [
            (
                """
                SELECT quote_ident(rolname) FROM pg_roles
                WHERE (rolsuper OR rolbypassrls) AND rolname <> current_user AND pg_has_role(oid, 'MEMBER')
                ORDER BY 1
                """,
                { role, other in
                    RoleProblem(
                        problem: """
                            The role \(role) may become \(other) (SET ROLE), for which row-level security doesn't hold.
                            """,
                        remedy: "Run: REVOKE \(other) FROM \(role); or from the role that is a member in between.")
                }
            ),
            // Where it was never switched on, the migrations are missing, which is another fault.
            (
                """
                SELECT format('%I.%I', nspname, relname)
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'subscription' AND relname IN ('orgs', 'users', 'connections') AND NOT relrowsecurity
                    AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid)
                ORDER BY 1
                """,
                { role, table in
                    RoleProblem(
                        problem:
                            "The role \(role) is shown all of \(table), where row-level security was switched off.",
                        remedy: "Run: ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;")
                }
            ),
            (
                """
                SELECT format('%I.%I', nspname, relname)
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'subscription' AND relkind IN ('r', 'p') AND NOT relforcerowsecurity
                    AND pg_has_role(relowner, 'MEMBER')
                ORDER BY 1
                """,
                { role, table in
                    RoleProblem(
                        problem:
                            "The role \(role) owns \(table), where row-level security is not forced upon owners.",
                        remedy: """
                            Run: ALTER TABLE \(table) ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; or accord \
                            migrate.
                            """)
                }
            ),
            (
                """
                SELECT format('%I.%I', schemaname, tablename) FROM pg_policies
                WHERE schemaname = 'subscription' AND policyname = 'accord_maintenance'
                    AND EXISTS (SELECT FROM unnest(roles) AS name WHERE pg_has_role(name, 'MEMBER'))
                ORDER BY 1
                """,
                { role, table in
                    RoleProblem(
                        problem: """
                            The role \(role) is the one that migrates: its policy accord_maintenance shows it every row \
                            of \(table).
                            """,
                        remedy: """
                            Name another role in ACCORD_DATABASE_URL, and this one in ACCORD_MIGRATION_DATABASE_URL.
                            """)
                }
            ),
            (
                """
                SELECT format('%I.%I', nspname, relname)
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname !~ '^(connect$|connect_|pg_|information_schema$)'
                    AND (has_table_privilege(pg_class.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
                        OR has_any_column_privilege(pg_class.oid, 'INSERT, UPDATE'))
                ORDER BY 1 LIMIT 10
                """,
                { role, table in
                    RoleProblem(
                        problem: "The role \(role) may write \(table), which is not its business.",
                        remedy: "Run: REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON \(table) FROM \(role), PUBLIC;")
                }
            ),
            (
                """
                SELECT format('%I.%I', nspname, relname)
                FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE nspname = 'connect_pos' AND relname IN ('audit_entries', 'audit_heads')
                    AND (has_table_privilege(pg_class.oid, 'UPDATE, DELETE, TRUNCATE')
                        OR has_any_column_privilege(pg_class.oid, 'UPDATE'))
                ORDER BY 1
                """,
                { role, table in
                    RoleProblem(
                        problem: "The role \(role) may change \(table), to which it should only append.",
                        remedy: "Run: REVOKE UPDATE, DELETE, TRUNCATE ON \(table) FROM \(role), PUBLIC;")
                }
            ),
            (
                """
                SELECT quote_ident(current_database()) WHERE has_database_privilege(current_database(), 'CREATE')
                """,
                { role, database in
                    RoleProblem(
                        problem: "The role \(role) may make schemas in the database \(database).",
                        remedy: "Run: REVOKE CREATE ON DATABASE \(database) FROM \(role), PUBLIC;")
                }
            ),
            (
                """
                SELECT quote_ident(nspname) FROM pg_namespace
                WHERE nspname !~ '^(connect$|connect_|pg_|information_schema$)'
                    AND has_schema_privilege(pg_namespace.oid, 'CREATE')
                ORDER BY 1 LIMIT 10
                """,
                { role, schema in
                    RoleProblem(
                        problem: "The role \(role) may make tables in the schema \(schema).",
                        remedy: "Run: REVOKE CREATE ON SCHEMA \(schema) FROM \(role), PUBLIC;")
                }
            ),
        ]
    }
}
