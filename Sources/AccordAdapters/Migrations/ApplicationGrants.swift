/// What the application's role may do in a database: what it needs and no more.
struct ApplicationGrants {
    /// The role's name.
    let role: String

    /// The statements for a database, to be run by the owner of what is granted. They can be repeated.
    func statements(for scopes: Set<Migration.Scope>, database: String) -> String {
        var statements = [
            "GRANT CONNECT ON DATABASE \(quoted(database)) TO \(quoted(role))",
            "GRANT USAGE ON SCHEMA connect TO \(quoted(role))",
            "GRANT SELECT ON connect.schema_migrations TO \(quoted(role))",
        ]
        if scopes.contains(.central) {
            statements += ["GRANT SELECT ON public.tenants TO \(quoted(role))"]
        }
        if scopes.contains(.organizations) {
            statements += [
                "GRANT USAGE ON SCHEMA subscription TO \(quoted(role))",
                "GRANT SELECT ON subscription.users, subscription.connections TO \(quoted(role))",
                // Of other organizations, what is public.
                "REVOKE SELECT ON subscription.orgs FROM \(quoted(role))",
                "GRANT SELECT (id, name) ON subscription.orgs TO \(quoted(role))",
            ]
        }
        if scopes.contains(.tenant) {
            statements += [
                "GRANT USAGE ON SCHEMA connect_pos TO \(quoted(role))",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON connect_pos.agreements TO \(quoted(role))",
            ]
        }
        return statements.joined(separator: ";\n")
    }

    /// PostgreSQL documentation, "Identifiers and Key Words": a quotation mark inside is doubled.
    private func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
