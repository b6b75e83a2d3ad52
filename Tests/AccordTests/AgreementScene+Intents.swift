import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import PostgreSQL
import S3
import TestSupport

/// What a change has left that died on its way, or is still at work on.
extension AgreementScene {
    /// The intents for an organization.
    func intents(_ other: ConnectedOrgID) async throws(AccordError) -> [AgreementIntent] {
        try await repository.change(of: viewer.tenant, with: other) { change throws(AccordError) in
            try await change.intents()
        }
    }

    /// Writes an intent as a process leaves it that is killed.
    ///
    /// - Returns: The key of the copy of the file that would be gone, which is not stored.
    func leave(
        _ action: AgreementIntent.Action, _ file: TestFile, to other: ConnectedOrgID, over row: Agreement?
    ) async throws -> String {
        let name = FileName(file.suggestedName)
        let stored = StoredFile(bytes: file.bytes)
        let intent = AgreementIntent(
            action: action,
            agreement: NewAgreement(
                connectedOrgID: other,
                key: ObjectKey(tenant: viewer.tenant, connectedOrgID: other, fileName: name), fileName: name,
                fileSize: stored.size, fileSHA: stored.sha256, createdByID: viewer.userID),
            previous: row.map { AgreementIntent.Previous(key: $0.key, fileSHA: $0.fileSHA) })
        let id = IntentID(UUID())
        let key = "\(viewer.tenant.url)/recovery/\(id)"
        let copy = row.map { row in
            AgreementIntent(
                id: id, action: .keep,
                agreement: NewAgreement(
                    connectedOrgID: other, key: ObjectKey(stored: key), fileName: FileName(row.fileName),
                    fileSize: row.fileSize, fileSHA: row.fileSHA, createdByID: row.createdByID),
                previous: nil)
        }
        try await repository.change(of: viewer.tenant, with: other) { change throws(AccordError) in
            try await change.insert(intent)
            if let copy { try await change.insert(copy) }
        }
        return key
    }

    /// Puts a file's bytes into the bucket, past the service.
    func put(_ file: TestFile, at key: String) async throws {
        let stored = StoredFile(bytes: file.bytes)
        try await Self.bucket.putObject(
            key: key, chunks: stored.chunks, length: stored.size, sha256: stored.sha256,
            contentType: "application/pdf", metadata: ["sha256": stored.sha256])
    }

    /// The key of a file name.
    func key(_ name: String, _ other: ConnectedOrgID) -> String { "\(viewer.tenant.url)/agreements/\(other)/\(name)" }

    /// The object of a key, read past the service.
    func object(key: String) async throws -> [UInt8]? {
        try await Self.bucket.getObject(key: key, maximumBytes: 60 << 20)
    }
}
