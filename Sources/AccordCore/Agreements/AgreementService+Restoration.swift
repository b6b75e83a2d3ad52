extension AgreementService {
    /// Makes the kept file of an earlier version the agreement with an organization again, as a new version.
    ///
    /// - Parameters:
    ///   - number: The version.
    ///   - connectedOrgID: The organization, as the client sent it.
    ///   - viewer: Who restores.
    /// - Returns: The agreement as it is now. Of what is the agreement already, nothing is changed.
    /// - Throws: In the order of the checks: `forbidden`, `badUserInput` (not a UUID), `connectionNotAccepted`,
    ///   `versionNotFound`, `versionNotKept`; then what the database and the storage throw, after which the agreement is
    ///   the one there was.
    package func restore(
        version number: Int, connectedOrgID: String, viewer: Viewer
    ) async throws(AccordError) -> Agreement {
        try viewer.require(.member)
        let other = try self.connectedOrgID(connectedOrgID)
        try await requireAccepted(other, viewer: viewer)
        guard !Task.isCancelled else { throw .timeout }
        let action = IntendedChange.Action.restore(version: number, other, by: viewer.userID)
        let restored = try await carryOut(action, for: viewer)
        // Somebody else has deleted it in the same moment.
        guard let restored else { throw .agreementNotFound }
        return restored
    }
}
