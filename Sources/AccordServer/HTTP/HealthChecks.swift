import AccordAdapters
import AccordCore
import Logging

/// Whether the server can do its work.
struct HealthChecks: Sendable {
    let database: Database<Central>
    let storage: any ObjectStorage
    let logger: Logger

    /// How long a part may take to answer: whoever asks for readiness has a deadline of their own.
    private static let patience = Duration.seconds(5)

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

    private func check(_ part: String, _ ask: @escaping @Sendable () async throws(AccordError) -> Void) async -> Bool {
        let failure = await withTaskGroup(of: AccordError?.self) { group in
            group.addTask {
                do throws(AccordError) {
                    try await ask()
                    return nil
                } catch {
                    return error
                }
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return .timeout
            }
            defer { group.cancelAll() }
            return await group.next() ?? .timeout
        }
        if let failure { logger.warning("Not ready", metadata: ["part": "\(part)", "error": "\(failure)"]) }
        return failure == nil
    }
}
