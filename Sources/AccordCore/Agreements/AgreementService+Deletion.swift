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
        do throws(AccordError) {
            _ = try await carryOut(.delete(other, by: viewer.userID), for: viewer)
        } catch {
            // Whoever deletes sends no file that could be refused.
            throw error == .storageUploadFailed ? .storageUnavailable : error
        }
    }
}
