/// A person of one organization, found by the `sub` of the access token.
package struct User: Hashable, Identifiable, Sendable {
    /// The row of `subscription.users`.
    package let id: UserID
    /// The organization the person belongs to: a UUID of ours, not the token's `org_id`.
    package let organizationID: OrganizationID

    package init(id: UserID, organizationID: OrganizationID) {
        self.id = id
        self.organizationID = organizationID
    }
}
