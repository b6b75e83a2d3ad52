package import AccordCore
import Foundation
package import PostgreSQL

/// Writes the demo into databases and a storage. Every step can be repeated, and leaves alone what people did since.
package struct DemoSeed: Sendable {
    private let data: DemoData
    private let pool: PostgreSQLPool
    private let central: PostgreSQLEndpoint

    /// - Parameters:
    ///   - data: What to write.
    ///   - pool: Lends the connections.
    ///   - central: The central database, as a role that may write it.
    package init(_ data: DemoData, pool: PostgreSQLPool, central: PostgreSQLEndpoint) {
        self.data = data
        self.pool = pool
        self.central = central
    }

    /// Makes the rows of `tenants`, or gives them the present addresses of their databases.
    ///
    /// - Throws: `PostgreSQLError`.
    package func registerCustomers(databaseURL: (DemoData.Customer) -> String) async throws {
        let rows = data.customers.map { customer -> [PostgreSQLParameter] in
            [
                .uuid(customer.id.uuid), .text(customer.tokenOrganization.description), .text(customer.url),
                .text(customer.organization.name), .text(databaseURL(customer)),
            ]
        }
        try await pool.withTransaction(on: central) { connection in
            for row in rows {
                try await connection.execute(
                    """
                    INSERT INTO public.tenants (id, org_id, url, name, database_url) VALUES ($1, $2, $3, $4, $5)
                    ON CONFLICT (id) DO UPDATE SET database_url = excluded.database_url
                    """,
                    row
                )
            }
        }
    }

    /// Whether `insertOrganizations` has done its work on this database, now or at an earlier start.
    package func hasOrganizations() async throws -> Bool {
        try await pool.withConnection(to: central) { connection in
            for organization in data.organizations {
                let rows = try await connection.query(
                    "SELECT 1 FROM subscription.orgs WHERE id = $1", [.uuid(organization.id)])
                guard rows.isEmpty else { return true }
            }
            return false
        }
    }

    /// Makes the organizations, users and connections, all or none.
    ///
    /// - Throws: `PostgreSQLError`.
    package func insertOrganizations() async throws {
        try await pool.withTransaction(on: central) { connection in
            for organization in data.organizations {
                try await connection.execute(
                    "INSERT INTO subscription.orgs (id, name, org_type, domain) VALUES ($1, $2, $3, $4)",
                    [
                        .uuid(organization.id), .text(organization.name), .text(organization.type),
                        .text(organization.domain),
                    ]
                )
            }
            for customer in data.customers {
                for user in customer.users {
                    try await connection.execute(
                        """
                        INSERT INTO subscription.users (id, auth_provider_id, org_id, email, role)
                        VALUES ($1, $2, $3, $4, $5)
                        """,
                        [
                            .uuid(user.id.uuid), .text(user.subject), .uuid(customer.organization.id),
                            .text(user.email), .text(user.role),
                        ]
                    )
                }
            }
            for relation in data.connections {
                try await connection.execute(
                    """
                    INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status)
                    VALUES ($1, $2, $3, $4)
                    """,
                    [
                        .uuid(relation.id), .uuid(relation.requester.id), .uuid(relation.target.id),
                        .text(relation.status.rawValue),
                    ]
                )
            }
        }
    }

    /// Stores the agreements' files, each before its row.
    ///
    /// - Parameters:
    ///   - isFirst: Whether the rows are to be made. Otherwise only the files of rows that are still the demo's are
    ///     stored again, for a storage that is new.
    ///   - storage: Where the files go.
    ///   - repository: Where the rows go.
    ///   - databaseURL: As for `registerCustomers`.
    /// - Throws: `AccordError` of the storage or the repository.
    package func storeAgreements(
        isFirst: Bool, in storage: any ObjectStorage, _ repository: any AgreementRepository,
        databaseURL: (DemoData.Customer) -> String
    ) async throws(AccordError) {
        for demo in data.agreements {
            let tenant = demo.customer.tenant(databaseURL: databaseURL(demo.customer))
            let file = StoredFile(bytes: demo.content)
            let agreement = demo.agreement(of: tenant, file: file)
            if isFirst {
                try await storage.put(file, at: agreement.key, fileName: agreement.fileName)
                try await repository.change(
                    of: tenant, with: agreement.connectedOrgID
                ) { change throws(AccordError) in
                    _ = try await change.create(agreement)
                }
            } else if try await repository.agreement(of: tenant, with: agreement.connectedOrgID) == agreement {
                try await storage.put(file, at: agreement.key, fileName: agreement.fileName)
            }
        }
    }
}

extension DemoData.Customer {
    /// The customer as the rest of Accord knows it.
    package func tenant(databaseURL: String) -> Tenant {
        Tenant(
            id: id, organization: tokenOrganization, url: url, name: organization.name,
            database: TenantDatabaseReference(connectionURL: databaseURL))
    }

    /// Who uploaded the demo's agreements: the first user who may.
    fileprivate var uploader: UserID {
        users.first { Role(claim: $0.role) >= .member }?.id ?? UserID(UUID(demo: "users/nobody"))
    }
}

extension DemoData.Agreement {
    fileprivate func agreement(of tenant: Tenant, file: StoredFile) -> Agreement {
        let name = FileName(fileName)
        let other = ConnectedOrgID(connectedOrganization.id)
        return Agreement(
            id: id, connectedOrgID: other, key: ObjectKey(tenant: tenant, connectedOrgID: other, fileName: name),
            fileName: name.description, fileSize: file.size, fileSHA: file.sha256, createdByID: customer.uploader,
            createdAt: createdAt)
    }
}
