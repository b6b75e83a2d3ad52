package import FoundationEssentials

/// The two ways to an agreement's file: a link for anyone, and the file itself for those who may.
extension AgreementService {
    /// A link under which anyone can download the agreement for a while.
    ///
    /// - Parameters:
    ///   - agreement: The agreement.
    ///   - expiresIn: How many seconds it works, 1 to 86,400; nil for as long as the server is configured to.
    ///   - time: When it begins to work. One value for a request lets its links and their ends agree.
    /// - Returns: The link.
    /// - Throws: `badUserInput` for another number; `storageUnavailable` when no link could work.
    package func downloadURL(
        of agreement: Agreement, expiresIn: Int?, at time: Date
    ) throws(AccordError) -> String {
        try storage.downloadURL(
            of: agreement.key, fileName: agreement.fileName, expiresIn: lifetime(expiresIn), at: time)
    }

    /// When a link stops working that is made with the same `expiresIn` at the same `time`.
    ///
    /// - Returns: A whole second. It is earlier than was asked for where what links are signed with ends before.
    /// - Throws: As `downloadURL(of:expiresIn:at:)`.
    package func downloadURLExpiration(expiresIn: Int?, at time: Date) throws(AccordError) -> Date {
        let lifetime = storage.linkLifetime(try lifetime(expiresIn), at: time).components.seconds
        guard lifetime > 0 else { throw .storageUnavailable }
        return Date(timeIntervalSince1970: time.timeIntervalSince1970.rounded(.down) + Double(lifetime))
    }

    private func lifetime(_ seconds: Int?) throws(AccordError) -> Duration {
        guard let seconds else { return linkLifetime }
        guard (1...86_400).contains(seconds) else { throw .badUserInput("expiresIn must be from 1 to 86400 seconds.") }
        return .seconds(seconds)
    }

    /// The agreement of an identifier, for those who may have its file.
    ///
    /// - Parameters:
    ///   - id: As the client sent it.
    ///   - viewer: Who asks.
    /// - Returns: The agreement.
    /// - Throws: `agreementNotFound` when the viewer's tenant has no such agreement, or its connection is not accepted
    ///   (any more): the two are told apart for nobody.
    package func agreement(id: String, viewer: Viewer) async throws(AccordError) -> Agreement {
        guard let id = AgreementID(id), let agreement = try await agreements.agreement(of: viewer.tenant, id: id),
            try await connections.status(
                of: viewer.organizationID, with: agreement.connectedOrgID, for: viewer.tenant) == .accepted
        else { throw .agreementNotFound }
        return agreement
    }

    /// Begins to read an agreement's file, or a part of it.
    ///
    /// - Parameters:
    ///   - agreement: The agreement as it was just found.
    ///   - range: The positions of the first and the last byte wanted; nil for all.
    /// - Returns: The file; nil when the storage has another one under its key: it is being replaced, and the agreement
    ///   is to be looked up again.
    /// - Throws: `agreementNotFound` when the storage has none; `storageUnavailable`.
    package func open(
        _ agreement: Agreement, range: ClosedRange<Int>?
    ) async throws(AccordError) -> StoredContent? {
        guard let content = try await storage.open(agreement.key, range: range) else { throw .agreementNotFound }
        let isSame = content.size == agreement.fileSize && content.sha256 ?? agreement.fileSHA == agreement.fileSHA
        if !isSame { content.cancel() }
        return isSame ? content : nil
    }
}
