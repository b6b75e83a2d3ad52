import PostgreSQL

/// What the application's role may do in a database: what it needs and no more.
struct ApplicationGrants {
    /// The role's name.
    let role: String

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

        /// What is true where the role `$1` has this, and no more than this.
        var conditions: [String] {
            let object = SQLText.text(object)
            func onWhole(_ privilege: String) -> String {
                "has_\(kind.lowercased())_privilege($1::name, \(object), '\(privilege)')"
            }
            return privileges.flatMap { privilege in
                guard !columns.isEmpty else { return [onWhole(privilege)] }
                let onColumns = columns.map { "has_column_privilege($1::name, \(object), '\($0)', '\(privilege)')" }
                return ["NOT \(onWhole(privilege))"] + onColumns
            } + withheld.map { "NOT \(onWhole($0))" }
        }
    }

    /// The statements for a database, to be run by the owner of what is granted. They can be repeated.
    func statements(for scopes: Set<Migration.Scope>, database: String) -> String {
        grants(for: scopes, database: database).flatMap { grant in
            let privileges = grant.privileges.joined(separator: ", ")
            let object = grant.kind == "DATABASE" ? SQLText.name(grant.object) : grant.object
            let (on, role) = ("ON \(grant.kind) \(object)", SQLText.name(role))
            let withheld = grant.withheld.joined(separator: ", ")
            let revocation = withheld.isEmpty ? [] : ["REVOKE \(withheld) \(on) FROM \(role), PUBLIC"]
            guard !grant.columns.isEmpty else { return revocation + ["GRANT \(privileges) \(on) TO \(role)"] }
            return revocation + [
                "REVOKE \(privileges) \(on) FROM \(role)",
                "GRANT \(privileges) (\(grant.columns.joined(separator: ", "))) \(on) TO \(role)",
            ]
        }.joined(separator: ";\n")
    }

    /// Whether the role has all of it already.
    func areGiven(
        for scopes: Set<Migration.Scope>, database: String, _ connection: PostgreSQLConnection
    ) async throws -> Bool {
        let conditions = grants(for: scopes, database: database).flatMap(\.conditions)
        let rows = try await connection.query(
            PreparedStatement("SELECT \(conditions.joined(separator: " AND "))"), [.text(role)])
        return try rows.first?.decode(Bool.self, 0) ?? false
    }

    private func grants(for scopes: Set<Migration.Scope>, database: String) -> [Grant] {
        func schema(_ name: String) -> Grant { Grant(kind: "SCHEMA", object: name, privileges: ["USAGE"]) }
        func table(_ name: String, _ privileges: String...) -> Grant {
            Grant(kind: "TABLE", object: name, privileges: privileges)
        }
        var grants = [
            Grant(kind: "DATABASE", object: database, privileges: ["CONNECT"]),
            schema("connect"), table("connect.schema_migrations", "SELECT"),
        ]
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
