import AccordCore
import FoundationEssentials
import Tracing

/// A storage whose calls are timed, each in a span of its own.
struct ObservedStorage: ObjectStorage {
    let storage: any ObjectStorage
    let metrics: StorageMetrics
    let tracer: any Tracer

    func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) -> Certainty {
        try await observe(.put) { () async throws(AccordError) in
            try await storage.put(file, at: key, fileName: fileName)
        }
    }

    func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject? {
        try await observe(.head) { () async throws(AccordError) in try await storage.head(key) }
    }

    func sha256(of key: ObjectKey) async throws(AccordError) -> String? {
        try await observe(.read) { () async throws(AccordError) in try await storage.sha256(of: key) }
    }

    func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Certainty? {
        try await observe(.copy) { () async throws(AccordError) in try await storage.copy(key, to: other) }
    }

    func list(
        _ prefix: String, from position: String?
    ) async throws(AccordError) -> (objects: [ListedObject], next: String?) {
        try await observe(.list) { () async throws(AccordError) in try await storage.list(prefix, from: position) }
    }

    func delete(_ key: ObjectKey) async throws(AccordError) -> Certainty {
        try await observe(.delete) { () async throws(AccordError) in try await storage.delete(key) }
    }

    func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent? {
        try await observe(.open) { () async throws(AccordError) in try await storage.open(key, range: range) }
    }

    func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
    ) throws(AccordError) -> String {
        try storage.downloadURL(of: key, fileName: fileName, expiresIn: expiresIn, at: time)
    }

    func linkLifetime(_ wanted: Duration, at time: Date) -> Duration { storage.linkLifetime(wanted, at: time) }

    func checkReadiness() async throws(AccordError) {
        try await observe(.check) { () async throws(AccordError) in try await storage.checkReadiness() }
    }

    private func observe<Value: Sendable>(
        _ call: StorageMetrics.Call, _ body: () async throws(AccordError) -> Value
    ) async throws(AccordError) -> Value {
        let start = ContinuousClock.now
        do throws(AccordError) {
            let value = try await tracer.spanning("storage.\(call.rawValue)", body)
            metrics.record(call, nil, since: start)
            return value
        } catch {
            metrics.record(call, error, since: start)
            throw error
        }
    }
}
