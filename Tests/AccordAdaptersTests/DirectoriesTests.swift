import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import TestSupport
import Testing

@Suite(.tenants, .timeLimit(.minutes(5)))
struct DirectoriesTests {
    @Test func `a tenant is found by the token's organization`() async throws {
        let first = try TestTenants.current.first
        try await withDatabases { databases async throws in
            let directory = PostgreSQLTenantDirectory(databases.central)
            #expect(try await directory.tenant(of: first.customer.tokenOrganization) == first.tenant)
        }
    }

    @Test func `neither a tenant's name, url nor UUID finds it`() async throws {
        let first = try TestTenants.current.first
        try await withDatabases { databases async throws in
            let directory = PostgreSQLTenantDirectory(databases.central)
            for text in [first.tenant.name, first.tenant.url, first.tenant.id.description, ""] {
                #expect(try await directory.tenant(of: TokenOrganization(text)) == nil, "\(text)")
            }
        }
    }

    @Test func `an inactive tenant is not found`() async throws {
        try await setScene(
            """
            INSERT INTO public.tenants (id, org_id, url, name, database_url, is_active)
                VALUES (gen_random_uuid(), 'org_01GONE', 'gone', 'Gone', 'postgresql://localhost/gone', false);
            """,
            in: try TestTenants.current.central)
        try await withDatabases { databases async throws in
            let directory = PostgreSQLTenantDirectory(databases.central)
            #expect(try await directory.tenant(of: TokenOrganization("org_01GONE")) == nil)
        }
    }

    @Test(arguments: [(200, true), (201, false), (0, false)])
    func `a tenant's url is 1 to 200 bytes long`(length: Int, isUsable: Bool) async throws {
        let url = String(repeating: "u", count: length)
        try await setScene(
            """
            INSERT INTO public.tenants (id, org_id, url, name, database_url)
                VALUES (gen_random_uuid(), 'org_01LENGTH\(length)', '\(url)', 'Long', 'postgresql://localhost/long');
            """,
            in: try TestTenants.current.central)
        try await withDatabases { databases async throws in
            let directory = PostgreSQLTenantDirectory(databases.central)
            let organization = TokenOrganization("org_01LENGTH\(length)")
            if isUsable {
                #expect(try await directory.tenant(of: organization)?.url == url)
            } else {
                await #expect(throws: AccordError.internalError) { try await directory.tenant(of: organization) }
            }
        }
    }

    @Test func `a user is found by the token's subject and belongs to an organization of ours`() async throws {
        let customer = try TestTenants.current.second.customer
        try await withDatabases { databases async throws in
            let directory = PostgreSQLUserDirectory(databases.organizations)
            for user in customer.users {
                #expect(
                    try await directory.user(subject: user.subject)
                        == User(id: user.id, organizationID: OrganizationID(customer.organization.id)))
            }
            #expect(try await directory.user(subject: "user_01NOBODY") == nil)
        }
    }

    @Test func `an inactive user is not found`() async throws {
        let tenants = try TestTenants.current
        let organization = tenants.first.customer.organization.id
        try await setScene(
            """
            INSERT INTO subscription.users (id, auth_provider_id, org_id, email, is_active)
                VALUES (gen_random_uuid(), 'user_01GONE', '\(organization)', 'gone@example.com', false);
            """,
            in: tenants.central)
        try await withDatabases { databases async throws in
            #expect(try await PostgreSQLUserDirectory(databases.organizations).user(subject: "user_01GONE") == nil)
        }
    }

    @Test func `a viewer is who the token's claims lead to`() async throws {
        let first = try TestTenants.current.first
        let user = try #require(first.customer.users.first { $0.role == "member" })
        try await withDatabases { databases async throws in
            let resolver = ViewerResolver(
                tenants: PostgreSQLTenantDirectory(databases.central),
                users: PostgreSQLUserDirectory(databases.organizations))
            let organization = first.customer.tokenOrganization
            #expect(
                try await resolver.viewer(organization: organization, subject: user.subject, roleClaim: "org_admin")
                    == Viewer(
                        tenant: first.tenant, userID: user.id,
                        organizationID: OrganizationID(first.customer.organization.id), role: .admin))
            await #expect(throws: AccordError.tenantNotFound) {
                try await resolver.viewer(
                    organization: TokenOrganization("org_01NONE"), subject: user.subject, roleClaim: nil)
            }
            await #expect(throws: AccordError.forbidden) {
                try await resolver.viewer(organization: organization, subject: "user_01NONE", roleClaim: "admin")
            }
        }
    }
}
