package import AccordCore
import FoundationEssentials
import PostgreSQL

/// Reads and changes agreements, each in its tenant's own database.
package struct PostgreSQLAgreementRepository: AgreementRepository {
    private let databases: Databases
    private let places: ChangePlaces
    private let watchTime: Duration

    /// Makes the repository.
    ///
    /// - Parameters:
    ///   - databases: Where tenants' databases are.
    ///   - maximumChanges: How many changes go on at a time in this process. Each holds a connection while a file is
    ///     stored, so a part of the pool's budget must be left for those who only read, and for recovery, which takes a
    ///     place and some connections beside.
    ///   - watchTime: How long a request to the storage may still take effect after nobody waits for it any more.
    package init(databases: Databases, maximumChanges: Int, watchTime: Duration = .seconds(300)) {
        self.databases = databases
        self.places = ChangePlaces(count: maximumChanges)
        self.watchTime = watchTime
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

    package func agreements(
        of tenant: Tenant, after last: ConnectedOrgID?, limit: Int
    ) async throws(AccordError) -> [Agreement] {
        try await databases.database(of: tenant).withConnection { connection in
            try await connection.query(AgreementRow.selectPage, [.uuid(last?.uuid ?? .nothing), .int(limit)])
                .map(Agreement.init)
        }
    }

    package func versions(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID, before number: Int?, limit: Int
    ) async throws(AccordError) -> [AgreementVersion] {
        try await databases.database(of: tenant).withConnection(for: tenant.url) { connection in
            try await connection.query(
                AgreementVersionRow.select,
                [.uuid(connectedOrgID.uuid), .int(number ?? Int(Int32.max)), .int(limit)]
            ).map(AgreementVersion.init)
        }
    }

    package func keptVersions(
        of tenant: Tenant, after last: AgreementVersion?, limit: Int
    ) async throws(AccordError) -> [AgreementVersion] {
        try await databases.database(of: tenant).withConnection { connection in
            try await connection.query(
                AgreementVersionRow.selectKeptPage,
                [.uuid(last?.connectedOrgID.uuid ?? .nothing), .int(last?.number ?? 0), .int(limit)]
            ).map(AgreementVersion.init)
        }
    }

    package func keptVersions(
        of tenant: Tenant, at keys: [ObjectKey]
    ) async throws(AccordError) -> [ObjectKey: AgreementVersion] {
        guard !keys.isEmpty else { return [:] }
        return try await databases.database(of: tenant).withConnection { connection in
            var found: [ObjectKey: AgreementVersion] = [:]
            for row in try await connection.query(AgreementVersionRow.selectKept, [.texts(keys.map(\.description))]) {
                let version = try AgreementVersion(row)
                if let key = version.keptKey { found[key] = version }
            }
            return found
        }
    }

    package func organizations(
        of tenant: Tenant, keepingMoreThan count: Int, after last: ConnectedOrgID?, limit: Int
    ) async throws(AccordError) -> [ConnectedOrgID] {
        try await databases.database(of: tenant).withConnection { connection in
            try await connection.query(
                AgreementVersionRow.selectKeeping, [.uuid(last?.uuid ?? .nothing), .int(count), .int(limit)]
            ).map { row in ConnectedOrgID(try row.decode(UUID.self, 0)) }
        }
    }

    package func hasIntent(_ id: IntentID, of tenant: Tenant) async throws(AccordError) -> Bool {
        try await databases.database(of: tenant).withConnection { connection in
            try await !connection.query(IntentRow.exists, [.uuid(id.uuid)]).isEmpty
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
            let lock = try await connection.query(AgreementRow.lock, [.uuid(connectedOrgID.uuid)]).first
            return try await body(change(of: database, with: connectedOrgID, lock?.decode(Int64.self, 0), connection))
        }
    }

    package func changeUnlessHeld<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result? {
        let database = try databases.database(of: tenant)
        return try await database.withTransaction(for: tenant.url) { connection in
            let lock = try await connection.query(AgreementRow.tryLock, [.uuid(connectedOrgID.uuid)]).first
            guard try lock?.decode(Bool.self, 1) == true else { return nil }
            return try await body(change(of: database, with: connectedOrgID, lock?.decode(Int64.self, 0), connection))
        }
    }

    package func withIntents<Result: Sendable>(
        of tenant: Tenant, after last: ConnectedOrgID?, limit: Int, _ body: ([ConnectedOrgID]) async -> Result
    ) async throws(AccordError) -> Result? {
        let database = try databases.database(of: tenant)
        // Those who hold a place wait for no second connection, so one is always left for what `body` does.
        try await places.take(for: tenant)
        defer { places.giveBack() }
        return try await database.withTransaction(for: tenant.url) { connection in
            guard try await connection.query(IntentRow.elect, []).first?.decode(Bool.self, 0) == true else {
                return nil
            }
            let organizations = try await connection.query(
                IntentRow.organizations, [.uuid(last?.uuid ?? .nothing), .int(limit)]
            ).map { row in ConnectedOrgID(try row.decode(UUID.self, 0)) }
            return organizations.isEmpty ? nil : await body(organizations)
        }
    }

    private func change(
        of database: Database<Tenant>, with connectedOrgID: ConnectedOrgID, _ lock: Int64?,
        _ connection: PostgreSQLConnection
    ) throws(PostgreSQLError) -> PostgreSQLAgreementChange {
        guard let lock else { throw .decoding("the lock of an agreement has no number") }
        return PostgreSQLAgreementChange(
            database: database, connection: connection, connectedOrgID: connectedOrgID, lock: lock,
            watchTime: watchTime)
    }
}

extension UUID {
    /// Before all others. No organization has it.
    fileprivate static let nothing = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}
