import AccordAdapters
import AccordCore
import Logging

/// Whether the server can do its work.
struct HealthChecks: Sendable {
    let database: Database<Central>
    let storage: any ObjectStorage
    let logger: Logger

    /// Asks the database and the storage. Which of them fails, and why, is for the log.
    func isReady() async -> Bool {
        async let isDatabaseReady = check("database") { () async throws(AccordError) in
            try await database.checkReadiness()
        }
        async let isStorageReady = check("storage") { () async throws(AccordError) in
            try await storage.checkReadiness()
        }
        let answers = await (isDatabaseReady, isStorageReady)
        return answers.0 && answers.1
    }

    private func check(_ part: String, _ ask: () async throws(AccordError) -> Void) async -> Bool {
        do throws(AccordError) {
            try await ask()
            return true
        } catch {
            logger.warning("Not ready", metadata: ["part": "\(part)", "error": "\(error)"])
            return false
        }
    }
}
