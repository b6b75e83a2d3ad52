package import AccordCore
import FoundationEssentials
import PostgreSQL

/// Reads and changes agreements, each in its tenant's own database.
package struct PostgreSQLAgreementRepository: AgreementRepository {
    private let databases: Databases
    private let places: ChangePlaces

    /// Makes the repository.
    ///
    /// - Parameters:
    ///   - databases: Where tenants' databases are.
    ///   - maximumChanges: How many changes go on at a time in this process. Each holds a connection while a file is
    ///     stored, so a part of the pool's budget must be left for those who only read.
    package init(databases: Databases, maximumChanges: Int) {
        self.databases = databases
        self.places = ChangePlaces(count: maximumChanges)
    }

    package func agreement(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID
    ) async throws(AccordError) -> Agreement? {
        try await databases.database(of: tenant).withConnection(for: tenant.url) { connection in
            try await connection.query(AgreementRow.select, [.uuid(connectedOrgID.uuid)]).first.map(Agreement.init)
        }
    }

    package func agreement(of tenant: Tenant, id: AgreementID) async throws(AccordError) -> Agreement? {
        try await databases.database(of: tenant).withConnection(for: tenant.url) { connection in
            try await connection.query(AgreementRow.selectByID, [.uuid(id.uuid)]).first.map(Agreement.init)
        }
    }

    package func agreements(
        of tenant: Tenant, with connectedOrgIDs: [ConnectedOrgID]
    ) async throws(AccordError) -> [ConnectedOrgID: Agreement] {
        try await databases.database(of: tenant).withConnection(for: tenant.url) { connection in
            let rows = try await connection.query(AgreementRow.selectMany, [.uuids(connectedOrgIDs.map(\.uuid))])
            var found = [ConnectedOrgID: Agreement](minimumCapacity: rows.count)
            for row in rows {
                let agreement = try Agreement(row)
                found[agreement.connectedOrgID] = agreement
            }
            return found
        }
    }

    package func change<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result {
        let database = try databases.database(of: tenant)
        try await places.take(for: tenant)
        defer { places.giveBack() }
        return try await database.withTransaction(for: tenant.url) { connection in
            _ = try await connection.query(AgreementRow.lock, [.uuid(connectedOrgID.uuid)])
            return try await body(
                PostgreSQLAgreementChange(database: database, connection: connection, connectedOrgID: connectedOrgID)
            )
        }
    }
}
