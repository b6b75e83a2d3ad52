import AccordAdapters
import AccordCore
import AccordDevelopment
import Foundation
import Logging
import PostgreSQL
import TestSupport
import Testing

@Suite(.tenants)
struct TestTenantsTests {
    @Test(arguments: [0, 1])
    func `each tenant has connections of every status in both directions, two accepted at least`(index: Int) throws {
        let data = DemoData.standard
        let own = data.customers[index].organization.id
        let asked = data.connections.filter { $0.requester.id == own }.map(\.status)
        let wasAsked = data.connections.filter { $0.target.id == own }.map(\.status)
        #expect(Set(asked) == [.active, .pending, .rejected])
        #expect(Set(wasAsked) == [.active, .pending, .rejected])
        #expect((asked + wasAsked).count { $0 == .active } >= 2)
    }

    @Test func `the repositories find the demo's rows as the application's role`() async throws {
        let tenants = try TestTenants.current
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 2), logger: .quiet)
        let databases = Databases(
            pool: pool, central: try PostgreSQLEndpoint(url: tenants.central.url), logger: .quiet)
        let found = try await PostgreSQLTenantDirectory(databases.central)
            .tenant(of: tenants.second.customer.tokenOrganization)
        let organization = OrganizationID(tenants.first.customer.organization.id)
        let connections = try await PostgreSQLConnectionRepository(databases.organizations)
            .connections(of: organization, .all, for: tenants.first.tenant)
        let agreements = try await PostgreSQLAgreementRepository(databases: databases, maximumChanges: 1)
            .agreements(of: tenants.first.tenant, with: connections.map(\.organizationID))
        await pool.close()

        #expect(found == tenants.second.tenant)
        #expect(
            connections.map { "\($0.name): \($0.status)" } == [
                "Cobalt Fasteners: pending", "Harborline Supply: accepted", "Keystone Electric: accepted",
                "Meridian Wire & Cable: pending", "Orchard Valley Distribution: declined",
                "Prairie State Électrique: declined", "Summit Lighting: accepted",
            ])
        #expect(agreements.isEmpty)
    }

    @Test func `the application may not write the central database`() async throws {
        let central = try TestTenants.current.central
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 1), logger: .quiet)
        let error = await #expect(throws: PostgreSQLError.self) {
            try await pool.withConnection(to: try PostgreSQLEndpoint(url: central.url)) { connection in
                try await connection.execute("UPDATE public.tenants SET is_active = false")
            }
        }
        await pool.close()
        #expect(error?.sqlState == .insufficientPrivilege)
    }
}
