import AccordAdapters
package import AccordCore
package import AccordDevelopment
import Logging
import PostgreSQL

/// A central database and the databases of two tenants, with the demo's rows as a database holds them; or of others.
///
/// They are copies of migrated templates, so that making them takes a tenth of a second. Agreements there are none.
package struct TestTenants: Sendable {
    /// One of the tenants.
    package struct Member: Sendable {
        /// Its rows in the central database: organization, users, what its tokens say.
        package let customer: DemoData.Customer
        package let database: TestDatabase
        /// What the directory of tenants finds.
        package let tenant: Tenant
    }

    /// The rows in the central database.
    package let data: DemoData
    package let central: TestDatabase
    /// At least two.
    package let members: [Member]

    package var first: Member { members[0] }
    package var second: Member { members[1] }

    /// Makes the databases of two customers, or more.
    package static func make(_ data: DemoData = .standard) async throws -> TestTenants {
        let templates = try await TestTemplates.shared
        let central = try await TestDatabase.copy(of: templates.central)
        var members: [Member] = []
        for customer in data.customers {
            let database = try await TestDatabase.copy(of: templates.tenant)
            let tenant = customer.tenant(databaseURL: database.url)
            members.append(Member(customer: customer, database: database, tenant: tenant))
        }
        let databases = Dictionary(uniqueKeysWithValues: members.map { ($0.customer.url, $0.database.url) })
        try await withPool { pool in
            let seed = DemoSeed(data, pool: pool, central: try PostgreSQLEndpoint(url: central.ownerURL))
            try await seed.registerCustomers { databases[$0.url] ?? "" }
            try await seed.insertOrganizations()
        }
        return TestTenants(data: data, central: central, members: members)
    }

    /// Deletes the databases, cutting off who is connected.
    package func drop() async throws {
        for database in [central] + members.map(\.database) { try await database.drop() }
    }
}

/// The databases that those of tests are copies of, migrated once in a test process.
struct TestTemplates: Sendable {
    let central: String
    let tenant: String

    static var shared: TestTemplates {
        get async throws { try await making.value }
    }

    // Unstructured, because it belongs to the process and not to the test that happened to be first.
    private static let making = Task {
        let roles = try await TestCluster.shared
        let central = try await TestDatabase.empty()
        let tenant = try await TestDatabase.empty()
        try await withPool { pool in
            let endpoint = try PostgreSQLEndpoint(url: central.ownerURL)
            let migrator = roles.migrator(pool: pool, central: endpoint, logger: .quiet)
            try require(await migrator.run())
            // A tenant for as long as it takes to have its database migrated.
            try await roles.cluster.administer(
                [
                    """
                    INSERT INTO public.tenants (id, org_id, url, name, database_url)
                    VALUES (gen_random_uuid(), 'template', 'template', 'template', '\(tenant.url)')
                    """
                ],
                in: central.name
            )
            try require(await migrator.run())
            try await roles.cluster.administer(["DELETE FROM public.tenants"], in: central.name)
        }
        // A session of the pool may still be on its way out, and a template with a guest can't be copied.
        let sessions = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '"
        try await roles.cluster.administer([sessions + central.name + "'", sessions + tenant.name + "'"])
        return TestTemplates(central: central.name, tenant: tenant.name)
    }

    private static func require(_ report: MigrationReport) throws {
        guard report.isSuccessful else {
            throw DevelopmentError.unusableData("The test databases could not be migrated: \(report.outcomes)")
        }
    }
}

/// Lends a pool and closes it, with every connection, before it returns.
private func withPool(_ body: (PostgreSQLPool) async throws -> Void) async throws {
    let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 4), logger: .quiet)
    do {
        try await body(pool)
    } catch {
        await pool.close()
        throw error
    }
    await pool.close()
}
