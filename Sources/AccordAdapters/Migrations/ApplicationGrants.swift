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
    }

    /// The statements for a database, to be run by the owner of what is granted. They can be repeated.
    func statements(for scopes: Set<Migration.Scope>, database: String) -> String {
        grants(for: scopes, database: database).map { grant in
            let privileges = grant.privileges.joined(separator: ", ")
            let object = grant.kind == "DATABASE" ? SQLText.name(grant.object) : grant.object
            return "GRANT \(privileges) ON \(grant.kind) \(object) TO \(SQLText.name(role))"
        }.joined(separator: ";\n")
    }

    /// Whether the role has all of it already.
    func areGiven(
        for scopes: Set<Migration.Scope>, database: String, _ connection: PostgreSQLConnection
    ) async throws -> Bool {
        let conditions = grants(for: scopes, database: database).flatMap { grant in
            grant.privileges.map { privilege in
                "has_\(grant.kind.lowercased())_privilege($1::name, \(SQLText.text(grant.object)), '\(privilege)')"
            }
        }
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
                schema("subscription"), table("subscription.orgs", "SELECT"), table("subscription.users", "SELECT"),
                table("subscription.connections", "SELECT"),
            ]
        }
        if scopes.contains(.tenant) {
            grants += [
                schema("connect_pos"), table("connect_pos.agreements", "SELECT", "INSERT", "UPDATE", "DELETE"),
            ]
        }
        return grants
    }
}
