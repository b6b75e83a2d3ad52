import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import PostgreSQL
import TestSupport
import Testing

@Suite(.tenants, .timeLimit(.minutes(5)))
struct ConnectionRepositoryTests {
    /// A connection between two new organizations, exactly as the database holds it.
    private func insert(status: String, asked: UUID, others: UUID) async throws {
        try await setScene(
            """
            INSERT INTO subscription.orgs VALUES ('\(asked)', 'Asked', 'distributor'), ('\(others)', 'Asking', 'distributor');
            INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status)
                VALUES (gen_random_uuid(), '\(others)', '\(asked)', '\(status)');
            """,
            in: try TestTenants.current.central)
    }

    @Test(arguments: [
        ("active", ConnectionStatus.accepted), ("pending", .pending), ("rejected", .declined),
    ])
    func `a row's status is read in the database's spelling, from both ends`(
        column: String, status: ConnectionStatus
    ) async throws {
        let (asked, asking) = (UUID(), UUID())
        try await insert(status: column, asked: asked, others: asking)
        try await withDatabases { databases async throws in
            let tenant = try TestTenants.current.first.tenant
            let repository = PostgreSQLConnectionRepository(databases.organizations)
            #expect(
                try await repository.connections(of: OrganizationID(asked), .all, for: tenant) == [
                    Connection(organizationID: ConnectedOrgID(asking), name: "Asking", status: status)
                ])
            #expect(
                try await repository.connections(of: OrganizationID(asking), .all, for: tenant) == [
                    Connection(organizationID: ConnectedOrgID(asked), name: "Asked", status: status)
                ])
            #expect(
                try await repository.status(of: OrganizationID(asked), with: ConnectedOrgID(asking), for: tenant)
                    == status)
            #expect(
                try await repository.status(of: OrganizationID(asking), with: ConnectedOrgID(asked), for: tenant)
                    == status)
        }
    }

    @Test func `accepted is not a word the database knows`() async throws {
        await #expect(throws: PostgreSQLError.self) {
            try await insert(status: "accepted", asked: UUID(), others: UUID())
        }
    }

    @Test func `an organization without connections has none`() async throws {
        try await withDatabases { databases async throws in
            let tenant = try TestTenants.current.first.tenant
            let repository = PostgreSQLConnectionRepository(databases.organizations)
            #expect(try await repository.connections(of: OrganizationID(UUID()), .all, for: tenant) == [])
            #expect(
                try await repository.status(of: OrganizationID(UUID()), with: ConnectedOrgID(UUID()), for: tenant)
                    == nil)
        }
    }

    @Test func `connections are ordered by name and show nobody else's`() async throws {
        let tenants = try TestTenants.current
        try await withDatabases { databases async throws in
            let connections = try await PostgreSQLConnectionRepository(databases.organizations)
                .connections(
                    of: OrganizationID(tenants.second.customer.organization.id), .all, for: tenants.second.tenant)
            #expect(
                connections.map { "\($0.name): \($0.status)" } == [
                    "Brightwater Controls: accepted", "Cobalt Fasteners: declined", "Keystone Electric: accepted",
                    "Meridian Wire & Cable: accepted", "Orchard Valley Distribution: pending",
                    "Prairie State Électrique: declined", "Summit Lighting: pending",
                ])
        }
    }
}
