import AccordCore
import FoundationEssentials
import PostgreSQL

/// The row of one agreement, inside a transaction that holds its lock.
struct PostgreSQLAgreementChange: AgreementChange {
    let database: Database<Tenant>
    let connection: PostgreSQLConnection
    let connectedOrgID: ConnectedOrgID

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

    private func first(
        _ statement: PreparedStatement, _ parameters: [PostgreSQLParameter]
    ) async throws(AccordError) -> Agreement? {
        do throws(PostgreSQLError) {
            guard let row = try await connection.query(statement, parameters).first else { return nil }
            return try Agreement(row)
        } catch {
            throw AccordError(error, in: database.endpoint, database.logger)
        }
    }
}
