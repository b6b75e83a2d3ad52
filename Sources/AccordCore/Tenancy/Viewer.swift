/// Who asks: the tenant and the person behind one request, with the role the token grants.
package struct Viewer: Hashable, Sendable {
    /// The customer whose database and files the request may touch.
    package let tenant: Tenant
    /// The person, for auditing.
    package let userID: UserID
    /// The organization whose connections the request sees.
    package let organizationID: OrganizationID
    /// What the person may do.
    package let role: Role
    /// The request by which they ask.
    package let request: RequestOrigin

    package init(
        tenant: Tenant, userID: UserID, organizationID: OrganizationID, role: Role,
        request: RequestOrigin = RequestOrigin()
    ) {
        self.tenant = tenant
        self.userID = userID
        self.organizationID = organizationID
        self.role = role
        self.request = request
    }

    /// The viewer, as the audit log tells who did something.
    package var initiator: Initiator { Initiator(userID: userID, role: role, request: request) }

    /// Refuses a viewer whose role is below the one needed.
    ///
    /// - Throws: `AccordError.forbidden`.
    func require(_ needed: Role) throws(AccordError) {
        guard role >= needed else { throw .forbidden }
    }
}
