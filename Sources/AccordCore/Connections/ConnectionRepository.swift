/// Reads the relations between organizations. Accord never writes them.
package protocol ConnectionRepository: Sendable {
    /// The selected connections of an organization, whichever side asked, ordered by name and then by identifier.
    /// `tenant` is who asks.
    func connections(
        of organization: OrganizationID, _ selection: ConnectionSelection, for tenant: Tenant
    ) async throws(AccordError) -> [Connection]

    /// The state of the connection between two organizations, whichever side asked; nil where there is none. `tenant`
    /// is who asks.
    func status(
        of organization: OrganizationID, with other: ConnectedOrgID, for tenant: Tenant
    ) async throws(AccordError) -> ConnectionStatus?
}
