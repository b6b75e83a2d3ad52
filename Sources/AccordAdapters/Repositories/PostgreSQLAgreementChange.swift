import AccordCore
import FoundationEssentials
import PostgreSQL

/// The row of one agreement, inside a transaction that holds its lock.
struct PostgreSQLAgreementChange: AgreementChange {
    let database: Database<Tenant>
    let connection: PostgreSQLConnection
    let connectedOrgID: ConnectedOrgID
    /// The number of the lock.
    let lock: Int64
    /// How long a request to the storage may still take effect late.
    let watchTime: Duration

    func current() async throws(AccordError) -> Agreement? {
        try await first(AgreementRow.select, [.uuid(connectedOrgID.uuid)])
    }

    func create(_ agreement: Agreement) async throws(AccordError) -> Bool {
        try await first(
            AgreementRow.insert,
            [
                .uuid(agreement.id.uuid), .uuid(connectedOrgID.uuid), .text(agreement.key.description),
                .text(agreement.fileName), .int(agreement.fileSize), .text(agreement.fileSHA),
                .uuid(agreement.createdByID.uuid), .timestamp(agreement.createdAt),
            ]
        ) != nil
    }

    func upsert(_ agreement: NewAgreement) async throws(AccordError) -> Agreement {
        let written = try await first(
            AgreementRow.upsert,
            [
                .uuid(UUID()), .uuid(connectedOrgID.uuid), .text(agreement.key.description),
                .text(agreement.fileName.description), .int(agreement.fileSize), .text(agreement.fileSHA),
                .uuid(agreement.createdByID.uuid),
            ]
        )
        guard let written else { throw .internalError }
        return written
    }

    func delete() async throws(AccordError) -> Agreement? {
        try await first(AgreementRow.delete, [.uuid(connectedOrgID.uuid)])
    }

    func record(_ event: AuditEvent) async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            _ = try await connection.execute(AuditRow.insert, AuditRow.parameters(of: [event]))
        }
    }

    func intents() async throws(AccordError) -> [AgreementIntent] {
        try await translating { () async throws(PostgreSQLError) in
            var intents: [AgreementIntent] = []
            for row in try await connection.query(IntentRow.select, [.uuid(connectedOrgID.uuid)]) {
                intents.append(try AgreementIntent(row))
            }
            return intents
        }
    }

    func insert(_ intent: AgreementIntent) async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            _ = try await connection.execute(IntentRow.insert, IntentRow.parameters(of: intent))
        }
    }

    func commit() async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            try await connection.commitAndGoOn(holding: lock)
        }
    }

    func settle(_ id: IntentID, as state: AgreementIntent.State) async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            _ = try await connection.execute(
                IntentRow.settle, [.uuid(id.uuid), .text(state.rawValue), .double(watchTime / .seconds(1))])
        }
    }

    func watchAnew() async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            _ = try await connection.execute(
                IntentRow.watchAnew, [.uuid(connectedOrgID.uuid), .double(watchTime / .seconds(1))])
        }
    }

    func remove(_ id: IntentID) async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            _ = try await connection.execute(IntentRow.delete, [.uuid(id.uuid)])
        }
    }

    private func first(
        _ statement: PreparedStatement, _ parameters: [PostgreSQLParameter]
    ) async throws(AccordError) -> Agreement? {
        try await translating { () async throws(PostgreSQLError) in
            guard let row = try await connection.query(statement, parameters).first else { return nil }
            return try Agreement(row)
        }
    }

    private func translating<Value>(
        _ body: () async throws(PostgreSQLError) -> Value
    ) async throws(AccordError) -> Value {
        do throws(PostgreSQLError) {
            return try await body()
        } catch {
            throw AccordError(error, in: database.endpoint, database.logger)
        }
    }
}
