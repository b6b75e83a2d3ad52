/// Finds customers.
package protocol TenantDirectory: Sendable {
    /// The active tenant that access tokens call `organization`; nil where there is none.
    func tenant(of organization: TokenOrganization) async throws(AccordError) -> Tenant?
}

/// Finds people.
package protocol UserDirectory: Sendable {
    /// The active user whose token's `sub` claim is `subject`; nil where there is none.
    func user(subject: String) async throws(AccordError) -> User?
}
