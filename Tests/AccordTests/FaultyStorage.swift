import AccordAdapters
import AccordCore
import Foundation
import Synchronization
import TestSupport

/// The S3 server's bucket behind switches.
final class FaultyStorage: ObjectStorage {
    enum Operation: CaseIterable { case put, head, sha256, copy, list, delete }

    enum Fault {
        /// Nothing is done.
        case refused
        /// It is done, and nobody hears of it.
        case answerLost
        /// It is done and answered, but was sent before, without an answer.
        case sentTwice
    }

    private let storage: S3ObjectStorage
    private let state = Mutex<(faults: [Operation: Fault], calls: [Operation])>(([:], []))

    init() async throws {
        storage = S3ObjectStorage(client: try await AgreementScene.bucket, logger: .quiet)
    }

    /// From now on these fail, and no others.
    func fail(_ operations: Operation..., by fault: Fault = .refused) {
        state.withLock { $0.faults = Dictionary(uniqueKeysWithValues: operations.map { ($0, fault) }) }
    }

    /// How often it was asked for something.
    func count(_ operation: Operation) -> Int { state.withLock { $0.calls.count { $0 == operation } } }

    private func perform<Value>(
        _ operation: Operation, _ body: () async throws(AccordError) -> Value
    ) async throws(AccordError) -> Value {
        let fault = state.withLock { state in
            state.calls.append(operation)
            return state.faults[operation]
        }
        if fault == .refused { throw .storageUnavailable }
        let value = try await body()
        if fault == .answerLost { throw .storageUnavailable }
        return value
    }

    private func certainty(_ operation: Operation, _ certainty: Certainty) -> Certainty {
        state.withLock { $0.faults[operation] == .sentTwice ? .doubtful : certainty }
    }

    func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) -> Certainty {
        try await perform(.put) { () async throws(AccordError) in
            certainty(.put, try await storage.put(file, at: key, fileName: fileName))
        }
    }

    func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject? {
        try await perform(.head) { () async throws(AccordError) in try await storage.head(key) }
    }

    func sha256(of key: ObjectKey) async throws(AccordError) -> String? {
        try await perform(.sha256) { () async throws(AccordError) in try await storage.sha256(of: key) }
    }

    func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Certainty? {
        try await perform(.copy) { () async throws(AccordError) in
            try await storage.copy(key, to: other).map { certainty(.copy, $0) }
        }
    }

    func list(
        _ prefix: String, from position: String?
    ) async throws(AccordError) -> (objects: [ListedObject], next: String?) {
        try await perform(.list) { () async throws(AccordError) in try await storage.list(prefix, from: position) }
    }

    func delete(_ key: ObjectKey) async throws(AccordError) -> Certainty {
        try await perform(.delete) { () async throws(AccordError) in
            certainty(.delete, try await storage.delete(key))
        }
    }

    func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent? {
        try await storage.open(key, range: range)
    }

    func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
    ) throws(AccordError) -> String {
        try storage.downloadURL(of: key, fileName: fileName, expiresIn: expiresIn, at: time)
    }

    func linkLifetime(_ wanted: Duration, at time: Date) -> Duration { storage.linkLifetime(wanted, at: time) }

    func checkReadiness() async throws(AccordError) { try await storage.checkReadiness() }
}
