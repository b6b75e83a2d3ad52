package import AccordCore
package import Logging
package import PostgreSQL

/// Where every database is: the one place that makes `Database` handles, all over one pool and its one budget.
package struct Databases: Sendable {
    /// The table of tenants.
    package let central: Database<Central>
    /// The schema `subscription`.
    package let organizations: Database<Organizations>
    /// Whether the two are one database.
    var areOne: Bool { organizations.endpoint == central.endpoint }
    private let pool: PostgreSQLPool
    private let endpoints = EndpointCache()
    private let logger: Logger

    /// Makes the handles; nothing is connected yet.
    ///
    /// - Parameters:
    ///   - pool: Lends the connections.
    ///   - central: Where the table of tenants is.
    ///   - organizations: Where the schema `subscription` is, if not there too.
    ///   - logger: Gets the causes of the errors thrown.
    package init(
        pool: PostgreSQLPool, central: PostgreSQLEndpoint, organizations: PostgreSQLEndpoint? = nil, logger: Logger
    ) {
        self.central = Database(pool: pool, endpoint: central, logger: logger)
        self.organizations = Database(pool: pool, endpoint: organizations ?? central, logger: logger)
        self.pool = pool
        self.logger = logger
    }

    /// The database of a tenant.
    ///
    /// - Throws: `databaseUnavailable` when the tenant's row leads nowhere.
    package func database(of tenant: Tenant) throws(AccordError) -> Database<Tenant> {
        var logger = logger
        logger[metadataKey: "tenant"] = "\(tenant.url)"
        do throws(PostgreSQLError) {
            let endpoint = try endpoints.endpoint(of: tenant.database)
            return Database(pool: pool, endpoint: endpoint, logger: logger)
        } catch {
            logger.error("A tenant's database_url can't be used", metadata: ["cause": "\(error)"])
            throw .databaseUnavailable
        }
    }
}
