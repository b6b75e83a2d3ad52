package import AccordCore

/// Finds tenants in memory, or else where it is told to.
package struct CachedTenantDirectory: TenantDirectory {
    private let directory: any TenantDirectory
    private let cache: LookUpCache<TokenOrganization, Tenant>

    package init(_ directory: any TenantDirectory, cache: LookUpCache<TokenOrganization, Tenant>) {
        self.directory = directory
        self.cache = cache
    }

    package func tenant(of organization: TokenOrganization) async throws(AccordError) -> Tenant? {
        try await cache.value(of: organization) { () async throws(AccordError) in
            try await directory.tenant(of: organization)
        }
    }
}

/// Finds users in memory, or else where it is told to.
package struct CachedUserDirectory: UserDirectory {
    private let directory: any UserDirectory
    private let cache: LookUpCache<String, User>

    package init(_ directory: any UserDirectory, cache: LookUpCache<String, User>) {
        self.directory = directory
        self.cache = cache
    }

    package func user(subject: String) async throws(AccordError) -> User? {
        try await cache.value(of: subject) { () async throws(AccordError) in
            try await directory.user(subject: subject)
        }
    }
}
