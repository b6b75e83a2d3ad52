import Foundation
package import Logging
package import PostgreSQL

/// Two empty databases in a PostgreSQL of their own, which live no longer than a piece of work.
package struct ScratchDatabases: Sendable {
    package let pool: PostgreSQLPool
    /// To be the central database; the address is the superuser's.
    package let central: PostgreSQLEndpoint
    /// To be a tenant's.
    package let tenant: PostgreSQLEndpoint

    /// Starts a cluster in the folder for temporary files, lends its databases, and deletes it.
    ///
    /// - Parameters:
    ///   - logger: told by the pool what it does.
    ///   - body: what is to be done with them.
    /// - Returns: what the closure returns.
    /// - Throws: `DevelopmentError` when PostgreSQL is missing or does not start; what the closure throws.
    package static func lend<Value>(
        logger: Logger, _ body: (ScratchDatabases) async throws -> Value
    ) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-scratch-\(UUID().uuidString)").path
        let cluster = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 2), logger: logger)
        let outcome: Result<Value, any Error>
        do {
            try await cluster.administer(["CREATE DATABASE central", "CREATE DATABASE tenant"])
            outcome = .success(
                try await body(
                    ScratchDatabases(
                        pool: pool, central: PostgreSQLEndpoint(url: cluster.superuserURL(database: "central")),
                        tenant: PostgreSQLEndpoint(url: cluster.superuserURL(database: "tenant")))))
        } catch {
            outcome = .failure(error)
        }
        await pool.close()
        await cluster.stop()
        try? FileManager.default.removeItem(atPath: folder)
        return try outcome.get()
    }
}
