import PostgreSQL

/// What the application's role may do in a database: what it needs and no more.
struct ApplicationGrants {
    /// The role's name.
    let role: String

    /// Those of the role that a connection has.
    static func ofCurrentRole(_ connection: PostgreSQLConnection) async throws -> ApplicationGrants {
        let rows = try await connection.query("SELECT current_user::text")
        return ApplicationGrants(role: try rows.first?.decode(String.self, 0) ?? "")
    }

    /// The statements for a database, to be run by the owner of what is granted. They can be repeated.
    func statements(for scopes: Set<Migration.Scope>, database: String) -> String {
        grants(for: scopes, database: database).flatMap { grant in
            let privileges = grant.privileges.joined(separator: ", ")
            let object = grant.kind == "DATABASE" ? SQLText.name(grant.object) : grant.object
            let (on, role) = ("ON \(grant.kind) \(object)", SQLText.name(role))
            func revocation(_ withheld: [String], from roles: String) -> [String] {
                withheld.isEmpty ? [] : ["REVOKE \(withheld.joined(separator: ", ")) \(on) FROM \(roles)"]
            }
            let revocations =
                revocation(grant.withheld, from: "\(role), PUBLIC")
                + revocation(grant.withheldFromPublic, from: "PUBLIC")
            guard !grant.columns.isEmpty else { return revocations + ["GRANT \(privileges) \(on) TO \(role)"] }
            return revocations + [
                "REVOKE \(privileges) \(on) FROM \(role)",
                "GRANT \(privileges) (\(grant.columns.joined(separator: ", "))) \(on) TO \(role)",
            ]
        }.joined(separator: ";\n")
    }

    /// What is other than that in the database that a connection leads to. What is missing there is lacked, too.
    func gaps(
        for scopes: Set<Migration.Scope>, database: String, _ connection: PostgreSQLConnection
    ) async throws -> [PrivilegeGap] {
        let conditions = grants(for: scopes, database: database).flatMap(\.conditions).map { condition in
            "(\(SQLText.text(condition.privilege)), \(condition.isNeeded), \(condition.holds))"
        }
        let rows = try await connection.query(
            PreparedStatement(
                """
                SELECT privilege, is_needed FROM (VALUES \(conditions.joined(separator: ", ")))
                    AS conditions (privilege, is_needed, holds)
                WHERE holds IS NOT TRUE
                """),
            [.text(role)])
        return try rows.map { row in
            PrivilegeGap(
                role: role, privilege: try row.decode(String.self, 0), isLacked: try row.decode(Bool.self, 1))
        }
    }

    private func grants(for scopes: Set<Migration.Scope>, database: String) -> [Grant] {
        func schema(_ name: String) -> Grant { Grant(kind: "SCHEMA", object: name, privileges: ["USAGE"]) }
        func table(_ name: String, _ privileges: String...) -> Grant {
            Grant(kind: "TABLE", object: name, privileges: privileges)
        }
        var connecting = Grant(kind: "DATABASE", object: database, privileges: ["CONNECT"])
        // The other tenants' roles have no business there. A dump doesn't bring this along.
        if NewTenant.isOwnRole(role, of: database) { connecting.withheldFromPublic = ["CONNECT", "TEMPORARY"] }
        var grants = [connecting, schema("connect"), table("connect.schema_migrations", "SELECT")]
        if scopes.contains(.central) {
            grants += [table("public.tenants", "SELECT")]
        }
        if scopes.contains(.organizations) {
            grants += [
                schema("subscription"), table("subscription.users", "SELECT"),
                table("subscription.connections", "SELECT"),
                // Of other organizations, what is public.
                Grant(kind: "TABLE", object: "subscription.orgs", privileges: ["SELECT"], columns: ["id", "name"]),
            ]
        }
        if scopes.contains(.tenant) {
            grants += [
                schema("connect_pos"), table("connect_pos.agreements", "SELECT", "INSERT", "UPDATE", "DELETE"),
                table("connect_pos.agreement_intents", "SELECT", "INSERT", "UPDATE", "DELETE"),
                // History is never deleted.
                table("connect_pos.agreement_versions", "SELECT", "INSERT", "UPDATE"),
                // Entries are appended, and nothing else: place, time and hash are the trigger's.
                Grant(
                    kind: "TABLE", object: "connect_pos.audit_entries", privileges: ["INSERT"],
                    columns: AuditRow.insertedColumns, withheld: ["UPDATE", "DELETE", "TRUNCATE"]),
                table("connect_pos.audit_entries", "SELECT"),
                Grant(
                    kind: "TABLE", object: "connect_pos.audit_heads", privileges: ["SELECT"],
                    withheld: ["INSERT", "UPDATE", "DELETE", "TRUNCATE"]),
            ]
        }
        return grants
    }
}

/// Privileges on one object.
private struct Grant {
    /// `DATABASE`, `SCHEMA` or `TABLE`.
    let kind: String
    let object: String
    let privileges: [String]
    /// The columns that it is limited to; empty for all.
    var columns: [String] = []
    /// Privileges that it must not have, whoever has granted them.
    var withheld: [String] = []
    /// Privileges that not all roles may have; of a database.
    var withheldFromPublic: [String] = []

    /// Something that is true where the role `$1` has this, and no more than this.
    struct Condition {
        /// `SELECT on public.tenants`.
        let privilege: String
        /// Whether the role needs it; else it must not have it.
        let isNeeded: Bool
        let holds: String
    }

    var conditions: [Condition] {
        func whole(_ privilege: String, isNeeded: Bool) -> Condition {
            let has = "has_\(kind.lowercased())_privilege($1::name, \(identifier), '\(privilege)')"
            return Condition(
                privilege: "\(privilege) on \(object)", isNeeded: isNeeded,
                holds: isNeeded ? has : "(\(has)) IS NOT TRUE")
        }
        func some(_ privilege: String) -> [Condition] {
            columns.map { column in
                Condition(
                    privilege: "\(privilege) (\(column)) on \(object)", isNeeded: true,
                    holds: """
                        (SELECT has_column_privilege($1::name, attrelid, attnum, '\(privilege)') FROM pg_attribute
                        WHERE attrelid = \(identifier) AND attname = '\(column)')
                        """)
            }
        }
        let needed = privileges.flatMap { privilege in
            columns.isEmpty
                ? [whole(privilege, isNeeded: true)] : [whole(privilege, isNeeded: false)] + some(privilege)
        }
        let fromPublic = withheldFromPublic.map { privilege in
            Condition(
                privilege: "\(privilege) on \(object) as all roles have", isNeeded: false,
                holds: """
                    NOT EXISTS (
                        SELECT FROM pg_database, aclexplode(coalesce(datacl, acldefault('d', datdba))) AS given
                        WHERE pg_database.oid = \(identifier) AND grantee = 0 AND privilege_type = '\(privilege)'
                    )
                    """)
        }
        return needed + withheld.map { whole($0, isNeeded: false) } + fromPublic
    }

    /// The object's `oid`; null where it isn't there.
    private var identifier: String {
        switch kind {
        // By whatever name a pooler knows it.
        case "DATABASE": "(SELECT oid FROM pg_database WHERE datname = current_database())"
        case "SCHEMA": "to_regnamespace(\(SQLText.text(object)))"
        default: "to_regclass(\(SQLText.text(object)))"
        }
    }
}
