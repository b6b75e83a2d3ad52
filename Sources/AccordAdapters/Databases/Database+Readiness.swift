package import AccordCore
import PostgreSQL

extension Databases {
    /// Proves that the central database answers, and the one of the organizations if it is another.
    ///
    /// - Throws: `databaseUnavailable`, `timeout`.
    package func checkReadiness() async throws(AccordError) {
        try await central.checkReadiness()
        if !areOne { try await organizations.checkReadiness() }
    }
}

extension Database {
    fileprivate func checkReadiness() async throws(AccordError) {
        _ = try await withConnection { connection in try await connection.query("SELECT 1", []) }
    }
}
