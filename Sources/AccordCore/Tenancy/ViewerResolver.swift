/// Turns the verified claims of an access token into the viewer of a request.
///
/// Two look-ups that never mix: the token's `org_id` names the tenant, the token's `sub` names the user, and the
/// user's row names the organization. The display name (`org_name`) plays no part.
package struct ViewerResolver: Sendable {
    private let tenants: any TenantDirectory
    private let users: any UserDirectory

    package init(tenants: any TenantDirectory, users: any UserDirectory) {
        self.tenants = tenants
        self.users = users
    }

    /// The viewer behind verified claims.
    ///
    /// - Parameters:
    ///   - organization: The claim `org_id`.
    ///   - subject: The claim `sub`.
    ///   - roleClaim: The claim `role`, where there is one.
    ///   - trail: The request's, which is told whose it is as soon as that is known.
    /// - Returns: The viewer, with the role that the claim names.
    /// - Throws: `tenantNotFound` when no active tenant has this organization; `forbidden` when no active user has
    ///   this subject; `databaseUnavailable` and the like when the directories can't answer.
    package func viewer(
        organization: TokenOrganization, subject: String, roleClaim: String?, trail: AuditTrail = AuditTrail()
    ) async throws(AccordError) -> Viewer {
        guard let tenant = try await tenants.tenant(of: organization) else { throw .tenantNotFound }
        let role = Role(claim: roleClaim)
        trail.concerns(tenant, subject: subject, role: role)
        guard let user = try await users.user(subject: subject) else { throw .forbidden }
        let viewer = Viewer(
            tenant: tenant, userID: user.id, organizationID: user.organizationID, role: role, request: trail.request)
        trail.concerns(viewer)
        return viewer
    }
}
