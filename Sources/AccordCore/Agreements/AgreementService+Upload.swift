extension AgreementService {
    /// Stores a file as the agreement with an organization, in place of the one there is.
    ///
    /// Nothing is read from the client before the role and the connection allow it, and nothing is stored before the
    /// file has arrived whole and was found to be a PDF. Cancelled before that, the upload leaves everything as it was;
    /// after that it is finished, within the timeouts of the database and the storage. A file that is there already is not
    /// stored again.
    ///
    /// - Parameters:
    ///   - file: The file, whose bytes may still be arriving.
    ///   - connectedOrgID: The organization, as the client sent it.
    ///   - viewer: Who uploads.
    /// - Returns: The agreement as it is now.
    /// - Throws: In the order of the checks: `forbidden`, `badUserInput` (not a UUID), `connectionNotAccepted`, what
    ///   `received()` throws, `badUserInput` (empty), `fileTooLarge`, `unsupportedFileType`; then what the database
    ///   and the storage throw, after which the agreement is the one there was.
    package func upload(
        _ file: any IncomingFile, connectedOrgID: String, viewer: Viewer
    ) async throws(AccordError) -> Agreement {
        try viewer.require(.member)
        let other = try self.connectedOrgID(connectedOrgID)
        try await requireAccepted(other, viewer: viewer)
        let stored = try await file.received()
        try check(stored)
        let fileName = FileName(file.suggestedName)
        let agreement = NewAgreement(
            connectedOrgID: other,
            key: ObjectKey(tenant: viewer.tenant, connectedOrgID: other, fileName: fileName),
            fileName: fileName,
            fileSize: stored.size,
            fileSHA: stored.sha256,
            createdByID: viewer.userID
        )
        guard !Task.isCancelled else { throw .timeout }
        let written = try await carryOut(.put(agreement, stored), for: viewer)
        // Somebody else has deleted it in the same moment.
        guard let written else { throw .agreementNotFound }
        return written
    }

    private func check(_ file: StoredFile) throws(AccordError) {
        guard file.size > 0 else { throw .badUserInput("The file is empty.") }
        guard file.size <= maximumFileSize else { throw .fileTooLarge(limit: maximumFileSize) }
        guard PDFCheck.isPDF(head: file.head, tail: file.tail) else { throw .unsupportedFileType }
    }
}
