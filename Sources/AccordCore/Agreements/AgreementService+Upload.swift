extension AgreementService {
    /// Stores a file as the agreement with an organization, in place of the one there is.
    ///
    /// Nothing is read from the client before the role and the connection allow it, and nothing is stored before the
    /// file has arrived whole and was found to be a PDF. Cancelled before that, the upload leaves everything as it was;
    /// after that it is finished, within the timeouts of the database and the storage.
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
        let status = try await connections.status(of: viewer.organizationID, with: other, for: viewer.tenant)
        guard status == .accepted else { throw .connectionNotAccepted }
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
        // A task of its own: a client that goes away now must not stop it halfway, when the storage may have the new
        // file already and the row would still describe the old one.
        return try await Task { await store(agreement, stored, of: viewer.tenant) }.value.get()
    }

    private func check(_ file: StoredFile) throws(AccordError) {
        guard file.size > 0 else { throw .badUserInput("The file is empty.") }
        guard file.size <= maximumFileSize else { throw .fileTooLarge(limit: maximumFileSize) }
        guard PDFCheck.isPDF(head: file.head, tail: file.tail) else { throw .unsupportedFileType }
    }

    /// Row (not yet to be seen), object, commit, and only then the old object.
    ///
    /// The row goes first because a database that refuses it must not find the old object overwritten already: a
    /// replacement under the same name has the same key.
    private func store(
        _ new: NewAgreement, _ file: StoredFile, of tenant: Tenant
    ) async -> Result<Agreement, AccordError> {
        var isStored = false
        do throws(AccordError) {
            let (agreement, previous) = try await agreements.change(of: tenant, with: new.connectedOrgID) {
                change throws(AccordError) in
                let previous = try await change.current()
                let agreement = try await change.upsert(new)
                try await storage.put(file, at: new.key, fileName: new.fileName.description)
                isStored = true
                return (agreement, previous)
            }
            if let previous, previous.key != new.key {
                await removeUnlessCurrent(previous.key, of: tenant, with: new.connectedOrgID)
            }
            return .success(agreement)
        } catch {
            if isStored {
                await removeUnlessCurrent(new.key, of: tenant, with: new.connectedOrgID)
            }
            return .failure(error)
        }
    }

    /// Removes an object, unless the row has its key: because it was replaced under the same name, because someone
    /// else has uploaded that name since, or because a commit that seemed to fail did not.
    private func removeUnlessCurrent(
        _ key: ObjectKey, of tenant: Tenant, with connectedOrgID: ConnectedOrgID
    ) async {
        do throws(AccordError) {
            try await agreements.change(of: tenant, with: connectedOrgID) { change throws(AccordError) in
                guard try await change.current()?.key != key else { return }
                try await storage.delete(key)
            }
        } catch {
            orphanLeft(key, tenant, error)
        }
    }
}
