package import AccordCore
import PostgreSQL

/// Finds out whether the databases have had the migrations that this executable has, and the server's role the privileges.
///
/// No tenant's database is asked: `tenants.schema_version` says what each has had. One that was never migrated is not
/// behind, since it has just been registered, and a server must not be put out of service by that.
package struct MigrationCheck: Sendable {
    private let databases: Databases

    /// Makes a check; nothing is asked yet.
    package init(_ databases: Databases) {
        self.databases = databases
    }

    /// Asks the central database, and the one of the organizations if it is another.
    ///
    /// - Returns: a sentence for the operator about what is missing; nil when nothing is.
    /// - Throws: `databaseUnavailable`, `timeout`.
    package func findProblem() async throws(AccordError) -> String? {
        let scopes: Set<Migration.Scope> = databases.areOne ? [.central, .organizations] : [.central]
        let problem = try await databases.central.problem("The central database", scopes)
        guard problem == nil else { return problem }
        if !databases.areOne {
            let problem = try await databases.organizations.problem("The organizations' database", [.organizations])
            guard problem == nil else { return problem }
        }
        guard let head = Migration.all.last(where: { $0.scope == .tenant }) else { return nil }
        let count = try await databases.central.tenantsBehind(head.version)
        guard count > 0 else { return nil }
        let databases = count == 1 ? "database of 1 active tenant is" : "databases of \(count) active tenants are"
        return "The \(databases) behind \(head.name). Run accord migrate."
    }
}

extension Database {
    /// A sentence about what is missing there.
    fileprivate func problem(
        _ name: String, _ scopes: Set<Migration.Scope>
    ) async throws(AccordError) -> String? {
        let missing = try await missing(scopes)
        guard missing.isEmpty else {
            let names = missing.joined(separator: ", ")
            return "\(name) lacks \(names), or has had it with another text. Run accord migrate."
        }
        let gaps = try await withConnection { connection in
            try await ApplicationGrants.ofCurrentRole(connection)
                .gaps(for: scopes, database: endpoint.database, connection).filter(\.isLacked)
        }
        return gaps.clause.map { "In \(name.prefix(1).lowercased())\(name.dropFirst()), \($0). Run accord migrate." }
    }

    /// The names of the migrations that the database has not had as they are here.
    fileprivate func missing(_ scopes: Set<Migration.Scope>) async throws(AccordError) -> [String] {
        let checksums = try await withConnection { connection in
            do {
                return try await MigrationLedger(connection: connection).entries().mapValues(\.checksum)
            } catch PostgreSQLError.server(let error)
                where [.undefinedTable, .insufficientPrivilege].contains(error.sqlState)
            {
                // Never migrated, or by nobody who granted the server's role what it needs.
                return [:]
            }
        }
        return Migration.all.filter { scopes.contains($0.scope) && checksums[$0.name] != $0.checksum }.map(\.name)
    }
}

extension Database<Central> {
    /// How many active tenants have been migrated, but not to this version or a later one.
    fileprivate func tenantsBehind(_ version: String) async throws(AccordError) -> Int {
        try await withConnection { connection in
            let rows = try await connection.query(
                """
                SELECT count(*)::integer FROM public.tenants WHERE is_active AND schema_version < $1 COLLATE "C"
                """,
                [.text(version)])
            return try rows.first?.decode(Int.self, 0) ?? 0
        }
    }
}
