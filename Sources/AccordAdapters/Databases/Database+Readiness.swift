package import AccordCore
import PostgreSQL

extension Database {
    /// Proves that the database answers.
    ///
    /// - Throws: `databaseUnavailable`, `timeout`.
    package func checkReadiness() async throws(AccordError) {
        _ = try await withConnection { connection in try await connection.query("SELECT 1", []) }
    }
}
