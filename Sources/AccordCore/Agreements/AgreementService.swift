/// What a viewer can do with connections and agreements: every business rule is here or in a value it uses.
///
/// What changes something is an `IntendedChange`, so that a row and its object are one thing whatever fails.
package struct AgreementService: Sendable {
    let connections: any ConnectionRepository
    let agreements: any AgreementRepository
    let storage: any ObjectStorage
    let maximumFileSize: Int
    let linkLifetime: Duration
    let watchTime: Duration
    let keptVersions: Int
    let leftToRecovery: @Sendable (AgreementIntent, Tenant, AccordError) -> Void

    /// Makes the service from the ports it needs.
    ///
    /// - Parameters:
    ///   - connections: Who is connected to whom.
    ///   - agreements: The rows.
    ///   - storage: The files.
    ///   - maximumFileSize: The largest agreement in bytes; at most `Int32.max`, which is what the column and
    ///     GraphQL's `Int` hold.
    ///   - linkLifetime: How long a download link works unless the request says, at most 86,400 seconds.
    ///   - watchTime: How long recovery keeps the intents that it has undone.
    ///   - keptVersions: Of how many ended versions of each agreement the files are kept.
    ///   - leftToRecovery: Told when the rest of a change could not be done, and why. The request itself succeeded or
    ///     failed for a reason of its own.
    package init(
        connections: any ConnectionRepository, agreements: any AgreementRepository, storage: any ObjectStorage,
        maximumFileSize: Int, linkLifetime: Duration, watchTime: Duration, keptVersions: Int,
        leftToRecovery: @escaping @Sendable (AgreementIntent, Tenant, AccordError) -> Void
    ) {
        self.connections = connections
        self.agreements = agreements
        self.storage = storage
        self.maximumFileSize = maximumFileSize
        self.linkLifetime = linkLifetime
        self.watchTime = watchTime
        self.keptVersions = keptVersions
        self.leftToRecovery = leftToRecovery
    }

    /// Every connection of the viewer's organization, ordered by name.
    package func connections(viewer: Viewer) async throws(AccordError) -> [Connection] {
        try await connections.connections(of: viewer.organizationID, for: viewer.tenant)
    }

    /// The agreement behind each of the connections, in their order, by one query at most.
    ///
    /// A connection that is not accepted has none, even if a row exists from earlier.
    package func agreements(
        for connections: [Connection], viewer: Viewer
    ) async throws(AccordError) -> [Agreement?] {
        let accepted = connections.filter { $0.status == .accepted }.map(\.organizationID)
        guard !accepted.isEmpty else { return connections.map { _ in nil } }
        let found = try await agreements.agreements(of: viewer.tenant, with: accepted)
        return connections.map { $0.status == .accepted ? found[$0.organizationID] : nil }
    }

    /// Reads an organization's identifier as the client sent it.
    ///
    /// - Throws: `badUserInput` when it is not a UUID.
    func connectedOrgID(_ text: String) throws(AccordError) -> ConnectedOrgID {
        guard let id = ConnectedOrgID(text) else { throw .badUserInput("The connectedOrgId is not a UUID.") }
        return id
    }

    /// Sees to it that the viewer's organization has an accepted connection with another.
    ///
    /// - Throws: `connectionNotAccepted`.
    func requireAccepted(_ other: ConnectedOrgID, viewer: Viewer) async throws(AccordError) {
        let status = try await connections.status(of: viewer.organizationID, with: other, for: viewer.tenant)
        guard status == .accepted else { throw .connectionNotAccepted }
    }

    /// Carries out a change to its end, in a task of its own: a client that goes away now must not stop it halfway.
    ///
    /// - Returns: The agreement as it is then; nil where there is none.
    func carryOut(_ action: IntendedChange.Action, for viewer: Viewer) async throws(AccordError) -> Agreement? {
        let change = IntendedChange(
            agreements: agreements,
            settlement: IntentSettlement(storage: storage, tenant: viewer.tenant, keptVersions: keptVersions),
            initiator: viewer.initiator, action: action, watchTime: watchTime, leftToRecovery: leftToRecovery)
        return try await Task { await change.carryOut() }.value.get()
    }
}
