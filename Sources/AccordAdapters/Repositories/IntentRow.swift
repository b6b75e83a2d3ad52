import AccordCore
import FoundationEssentials
import PostgreSQL

/// The statements on `connect_pos.agreement_intents`.
enum IntentRow {
    private static let columns = """
        id, action, connected_org_id, s3_key, file_name, file_size, file_sha, created_by_id, previous_key, previous_sha,
        role, request_id, restores
        """

    static let select = PreparedStatement(
        """
        SELECT \(columns), host(ip_address), state, coalesce(watch_until <= now(), false)
        FROM connect_pos.agreement_intents WHERE connected_org_id = $1 ORDER BY created_at, id
        """)

    static let insert = PreparedStatement(
        """
        WITH \(AgreementVersionRow.catchUp(organization: "$3"))
        INSERT INTO connect_pos.agreement_intents (\(columns), ip_address)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::text::inet)
        """)

    static let settle: PreparedStatement = """
        UPDATE connect_pos.agreement_intents
        SET state = $2, watch_until = clock_timestamp() + make_interval(secs => $3) WHERE id = $1
        """

    static let watchAnew: PreparedStatement = """
        UPDATE connect_pos.agreement_intents
        SET watch_until = clock_timestamp() + make_interval(secs => $2)
        WHERE connected_org_id = $1 AND state <> 'open'
        """

    static let delete: PreparedStatement = "DELETE FROM connect_pos.agreement_intents WHERE id = $1"

    static let exists: PreparedStatement = "SELECT 1 FROM connect_pos.agreement_intents WHERE id = $1"

    static let organizations: PreparedStatement = """
        SELECT DISTINCT connected_org_id FROM connect_pos.agreement_intents
        WHERE connected_org_id > $1 ORDER BY connected_org_id LIMIT $2
        """

    /// Held until the end of the transaction by whoever recovers this database. A database that was not migrated so far has
    /// nothing to be recovered.
    static let elect: PreparedStatement = """
        SELECT to_regclass('connect_pos.agreement_intents') IS NOT NULL
            AND pg_try_advisory_xact_lock(hashtextextended('accord.recovery', 0))
        """

    /// The parameters of `insert`.
    static func parameters(of intent: AgreementIntent) -> [PostgreSQLParameter] {
        let agreement = intent.agreement
        return [
            .uuid(intent.id.uuid), .text(intent.action.rawValue), .uuid(agreement.connectedOrgID.uuid),
            .text(agreement.key.description), .text(agreement.fileName.description), .int(agreement.fileSize),
            .text(agreement.fileSHA), .uuid(agreement.createdByID.uuid),
            intent.previous.map { .text($0.key.description) } ?? .null,
            intent.previous.map { .text($0.fileSHA) } ?? .null,
            intent.initiator.role.map { .text($0.claim) } ?? .null,
            intent.initiator.request.id.map { .text($0) } ?? .null,
            .bool(intent.isRestoration),
            intent.initiator.request.ipAddress.map { .text($0) } ?? .null,
        ]
    }
}

extension AgreementIntent {
    /// Reads a row of `IntentRow.select`.
    init(_ row: PostgreSQLRow) throws(PostgreSQLError) {
        let previousKey = try row.decode(String?.self, 8)
        let previousSHA = try row.decode(String?.self, 9)
        guard let action = Action(rawValue: try row.decode(String.self, 1)),
            let state = State(rawValue: try row.decode(String.self, 14))
        else { throw .decoding("an intent's action or state is none") }
        let userID = UserID(try row.decode(UUID.self, 7))
        self.init(
            id: IntentID(try row.decode(UUID.self, 0)),
            action: action,
            agreement: NewAgreement(
                connectedOrgID: ConnectedOrgID(try row.decode(UUID.self, 2)),
                key: ObjectKey(stored: try row.decode(String.self, 3)),
                fileName: FileName(try row.decode(String.self, 4)),
                fileSize: try row.decode(Int.self, 5),
                fileSHA: try row.decode(String.self, 6),
                createdByID: userID
            ),
            by: Initiator(
                userID: userID, role: try row.decode(String?.self, 10).map { Role(claim: $0) },
                request: RequestOrigin(
                    id: try row.decode(String?.self, 11), ipAddress: try row.decode(String?.self, 13))),
            isRestoration: try row.decode(Bool.self, 12),
            previous: previousKey.map { Previous(key: ObjectKey(stored: $0), fileSHA: previousSHA ?? "") },
            state: state,
            isOver: try row.decode(Bool.self, 15)
        )
    }
}
