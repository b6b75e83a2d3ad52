/// The relation between the viewer's organization and another, seen from the viewer's.
package struct Connection: Hashable, Sendable {
    /// The organization at the other end.
    package let organizationID: ConnectedOrgID
    /// Its name, for people to read.
    package let name: String
    /// How far the relation has come. It does not tell who asked whom.
    package let status: ConnectionStatus

    package init(organizationID: ConnectedOrgID, name: String, status: ConnectionStatus) {
        self.organizationID = organizationID
        self.name = name
        self.status = status
    }
}

/// How far a connection has come. How the database spells it is the adapter's business.
package enum ConnectionStatus: Hashable, Sendable, CaseIterable {
    /// Asked, not answered.
    case pending
    /// Agreed to: the only state in which there can be an agreement.
    case accepted
    /// Refused.
    case declined
}
