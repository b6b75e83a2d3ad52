package import AccordCore
import PostgreSQL

/// Finds out whether the databases have had the migrations that this executable has.
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
        let missing = try await databases.central.missing(databases.areOne ? [.central, .organizations] : [.central])
        guard missing.isEmpty else { return Self.sentence("The central database", missing) }
        if !databases.areOne {
            let missing = try await databases.organizations.missing([.organizations])
            guard missing.isEmpty else { return Self.sentence("The organizations' database", missing) }
        }
        guard let head = Migration.all.last(where: { $0.scope == .tenant }) else { return nil }
        let count = try await databases.central.tenantsBehind(head.version)
        guard count > 0 else { return nil }
        return "The databases of \(count) active tenants are behind \(head.name). Run accord migrate."
    }

    private static func sentence(_ database: String, _ missing: [String]) -> String {
        "\(database) lacks \(missing.joined(separator: ", ")), or has had it with another text. Run accord migrate."
    }
}

extension Database {
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
