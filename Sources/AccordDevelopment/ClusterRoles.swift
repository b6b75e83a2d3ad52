package import AccordAdapters
package import Logging
package import PostgreSQL

/// The two roles that work in a private cluster, and the databases between them.
///
/// One owns the databases and runs the migrations; the application connects as the other, which may do what the
/// migrations grant it, owns nothing, and is subject to row-level security.
package struct ClusterRoles: Sendable {
    package let cluster: PostgreSQLCluster
    private let ownerPassword: String
    private let applicationPassword: String

    private static let owner = "accord_owner"
    private static let application = "accord_app"

    package init(in cluster: PostgreSQLCluster, ownerPassword: String, applicationPassword: String) {
        self.cluster = cluster
        self.ownerPassword = ownerPassword
        self.applicationPassword = applicationPassword
    }

    /// Makes the roles, or gives existing ones these passwords.
    package func create() async throws {
        try await cluster.createRole(Self.owner, password: ownerPassword)
        try await cluster.createRole(Self.application, password: applicationPassword)
    }

    /// Makes a database of the owner's: empty, or like another one to which nobody is connected.
    package func createDatabase(_ name: String, like template: String = "template1") async throws {
        try await cluster.createDatabase(name, owner: Self.owner, template: template)
    }

    /// The address for migrations.
    package func ownerURL(database: String) -> String {
        cluster.url(database: database, role: Self.owner, password: ownerPassword)
    }

    /// The address for the server.
    package func applicationURL(database: String) -> String {
        cluster.url(database: database, role: Self.application, password: applicationPassword)
    }

    /// Migrates as the owner, also the tenants' databases, whose rows in `tenants` hold the application's address.
    package func migrator(pool: PostgreSQLPool, central: PostgreSQLEndpoint, logger: Logger) -> Migrator {
        Migrator(pool: pool, central: central, applicationRole: Self.application, logger: logger) { endpoint in
            // A tenant that somebody added by hand, with a role of its own, keeps that.
            guard endpoint.user == Self.application else { return endpoint }
            return (try? PostgreSQLEndpoint(url: ownerURL(database: endpoint.database))) ?? endpoint
        }
    }
}
