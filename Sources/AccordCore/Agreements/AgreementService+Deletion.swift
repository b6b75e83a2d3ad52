extension AgreementService {
    /// Deletes the agreement with an organization: its row and its file.
    ///
    /// The connection need not be accepted any more: a customer can always remove its own document.
    ///
    /// - Parameters:
    ///   - connectedOrgID: The organization, as the client sent it.
    ///   - viewer: Who deletes.
    /// - Throws: `forbidden`, `badUserInput` (not a UUID), `agreementNotFound`; `databaseUnavailable` and
    ///   `storageUnavailable`, after which the agreement is as it was.
    package func delete(connectedOrgID: String, viewer: Viewer) async throws(AccordError) {
        try viewer.require(.member)
        let other = try self.connectedOrgID(connectedOrgID)
        let deleted = try await agreements.change(of: viewer.tenant, with: other) { change throws(AccordError) in
            try await change.delete()
        }
        guard let deleted else { throw .agreementNotFound }
        // A task of its own: the row is gone, so a client that goes away now must not leave the object behind.
        try await Task { await removeObject(of: deleted, tenant: viewer.tenant) }.value.get()
    }

    /// Removes the object of a deleted row; if the storage fails, the row comes back as it was.
    ///
    /// - Returns: Failure when the row is back.
    private func removeObject(of agreement: Agreement, tenant: Tenant) async -> Result<Void, AccordError> {
        do throws(AccordError) {
            return try await agreements.change(of: tenant, with: agreement.connectedOrgID) {
                change throws(AccordError) in
                // Someone uploaded that name again since: the object is theirs.
                guard try await change.current()?.key != agreement.key else { return .success(()) }
                do throws(AccordError) {
                    try await storage.delete(agreement.key)
                    return .success(())
                } catch {
                    // Not inserted where there is a newer agreement, which then stays.
                    _ = try await change.create(agreement)
                    return .failure(error)
                }
            }
        } catch {
            // The database went away between the two steps. The agreement is deleted; its bytes are an orphan.
            orphanLeft(agreement.key, tenant, error)
            return .success(())
        }
    }
}
