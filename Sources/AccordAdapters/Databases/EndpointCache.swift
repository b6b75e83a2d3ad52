import AccordCore
import PostgreSQL
import Synchronization

/// Where tenants' databases are, read from their URLs once.
final class EndpointCache: Sendable {
    /// When there are so many, all are forgotten.
    private static let capacity = 10_000

    private let endpoints = Mutex<[TenantDatabaseReference: PostgreSQLEndpoint]>([:])

    /// Where a database is.
    ///
    /// - Throws: `PostgreSQLError.invalidURL`.
    func endpoint(of database: TenantDatabaseReference) throws(PostgreSQLError) -> PostgreSQLEndpoint {
        if let endpoint = endpoints.withLock({ $0[database] }) { return endpoint }
        let endpoint = try PostgreSQLEndpoint(url: database.connectionURL)
        endpoints.withLock { endpoints in
            if endpoints.count >= Self.capacity { endpoints = [:] }
            endpoints[database] = endpoint
        }
        return endpoint
    }
}
