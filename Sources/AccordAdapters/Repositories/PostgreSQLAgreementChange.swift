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

    func upsert(_ agreement: NewAgreement, keeping key: ObjectKey?) async throws(AccordError) -> Agreement {
        let written = try await first(
            AgreementRow.upsert,
            [
                .uuid(UUID()), .uuid(connectedOrgID.uuid), .text(agreement.key.description),
                .text(agreement.fileName.description), .int(agreement.fileSize), .text(agreement.fileSHA),
                .uuid(agreement.createdByID.uuid), key.map { .text($0.description) } ?? .null,
            ]
        )
        guard let written else { throw .internalError }
        return written
    }

    func delete(by user: UserID, keeping key: ObjectKey?) async throws(AccordError) -> Agreement? {
        try await first(
            AgreementRow.delete,
            [.uuid(connectedOrgID.uuid), .uuid(user.uuid), key.map { .text($0.description) } ?? .null])
    }

    func version(_ number: Int) async throws(AccordError) -> AgreementVersion? {
        guard let next = Int32(exactly: number + 1) else { return nil }
        return try await versions(AgreementVersionRow.select, [.uuid(connectedOrgID.uuid), .int32(next), 1])
            .first { $0.number == number }
    }

    func keptVersions(beyond count: Int) async throws(AccordError) -> [AgreementVersion] {
        try await versions(AgreementVersionRow.selectKeptBeyond, [.uuid(connectedOrgID.uuid), .int(count)])
    }

    func forgetFile(of number: Int) async throws(AccordError) {
        try await translating { () async throws(PostgreSQLError) in
            _ = try await connection.execute(
                AgreementVersionRow.forget, [.uuid(connectedOrgID.uuid), .int(number)])
        }
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

    private func versions(
        _ statement: PreparedStatement, _ parameters: [PostgreSQLParameter]
    ) async throws(AccordError) -> [AgreementVersion] {
        try await translating { () async throws(PostgreSQLError) in
            var versions: [AgreementVersion] = []
            for row in try await connection.query(statement, parameters) { versions.append(try AgreementVersion(row)) }
            return versions
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
