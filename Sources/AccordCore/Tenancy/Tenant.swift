/// An organization as a customer: it has a database and a storage prefix of its own.
package struct Tenant: Hashable, Identifiable, Sendable {
    /// The row of `tenants`.
    package let id: TenantID
    /// What access tokens call it. The display name plays no part in finding a tenant.
    package let organization: TokenOrganization
    /// Its short name: the first component of its object keys, and its label in the log.
    package let url: String
    /// Its name, for people to read.
    package let name: String
    /// Where its database is.
    package let database: TenantDatabaseReference

    /// The most bytes of UTF-8 a tenant's url may have, so that a key always has room for a file name.
    package static let maximumURLLength = 200

    package init(
        id: TenantID, organization: TokenOrganization, url: String, name: String, database: TenantDatabaseReference
    ) {
        self.id = id
        self.organization = organization
        self.url = url
        self.name = name
        self.database = database
    }
}
