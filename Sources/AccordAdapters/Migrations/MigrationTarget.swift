import FoundationEssentials
package import PostgreSQL

/// A database that migrations are for.
package struct MigrationTarget: Sendable {
    /// `central`, `organizations` or a tenant's url.
    package let label: String
    /// How to reach it; nil when what is known of it is no address.
    package internal(set) var endpoint: PostgreSQLEndpoint?
    let scopes: Set<Migration.Scope>
    /// The role that is granted what it needs there; nil when it is the one that migrates.
    let applicationRole: String?
    /// The tenant's row; nil for the databases that all share.
    var tenant: Tenant?

    /// What the central database knows of a tenant's migrations.
    struct Tenant: Sendable {
        let id: UUID
        /// Nil before the first migration.
        let schemaVersion: String?
    }

    /// What the database is to have, in order.
    var migrations: [Migration] { Migration.all.filter { scopes.contains($0.scope) } }
}
