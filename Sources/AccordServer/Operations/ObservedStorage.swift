import AccordCore
import Tracing

/// A storage whose calls are timed, each in a span of its own.
struct ObservedStorage: ObjectStorage {
    let storage: any ObjectStorage
    let metrics: StorageMetrics
    let tracer: any Tracer

    func put(_ file: StoredFile, at key: ObjectKey) async throws(AccordError) {
        try await observe(.put) { () async throws(AccordError) in try await storage.put(file, at: key) }
    }

    func delete(_ key: ObjectKey) async throws(AccordError) {
        try await observe(.delete) { () async throws(AccordError) in try await storage.delete(key) }
    }

    func downloadURL(of key: ObjectKey, fileName: String, expiresIn: Duration) throws(AccordError) -> String {
        try storage.downloadURL(of: key, fileName: fileName, expiresIn: expiresIn)
    }

    func checkReadiness() async throws(AccordError) {
        try await observe(.check) { () async throws(AccordError) in try await storage.checkReadiness() }
    }

    private func observe(
        _ call: StorageMetrics.Call, _ body: () async throws(AccordError) -> Void
    ) async throws(AccordError) {
        let start = ContinuousClock.now
        do throws(AccordError) {
            try await tracer.spanning("storage.\(call.rawValue)", body)
            metrics.record(call, nil, since: start)
        } catch {
            metrics.record(call, error, since: start)
            throw error
        }
    }
}
