import AccordCore
import FoundationEssentials
import PostgreSQL

/// The statements on `connect_pos.agreements`. All that give rows give the columns that `Agreement.init(_:)` reads.
enum AgreementRow {
    private static let columns = """
        id, connected_org_id, s3_key, file_name, file_size, file_sha, created_by_id, created_at
        """

    static let select = PreparedStatement(
        "SELECT \(columns) FROM connect_pos.agreements WHERE connected_org_id = $1")

    static let selectByID = PreparedStatement("SELECT \(columns) FROM connect_pos.agreements WHERE id = $1")

    static let selectMany = PreparedStatement(
        "SELECT \(columns) FROM connect_pos.agreements WHERE connected_org_id = ANY($1)")

    static let selectPage = PreparedStatement(
        """
        SELECT \(columns) FROM connect_pos.agreements WHERE connected_org_id > $1 ORDER BY connected_org_id LIMIT $2
        """)

    static let insert = PreparedStatement(
        """
        WITH last AS (
            SELECT max(version) AS version FROM connect_pos.agreement_versions WHERE connected_org_id = $2
        ), written AS (
            INSERT INTO connect_pos.agreements (\(columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (connected_org_id) DO NOTHING
            RETURNING \(columns)
        ), \(AgreementVersionRow.begin)
        SELECT * FROM written
        """)

    /// The identifier stays, so that clients that keep objects by it see the replacement. The time goes with the user:
    /// the two say who uploaded this file, and when. `$8` is where the file is kept that is replaced.
    static let upsert = PreparedStatement(
        """
        WITH \(AgreementVersionRow.end(.replaced, organization: "$2", user: "$7", key: "$8")), written AS (
            INSERT INTO connect_pos.agreements
                (id, connected_org_id, s3_key, file_name, file_size, file_sha, created_by_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            ON CONFLICT (connected_org_id) DO UPDATE SET
                s3_key = excluded.s3_key, file_name = excluded.file_name, file_size = excluded.file_size,
                file_sha = excluded.file_sha, created_by_id = excluded.created_by_id, created_at = now()
            RETURNING \(columns)
        ), \(AgreementVersionRow.begin)
        SELECT * FROM written
        """)

    /// `$2` is who deletes it, `$3` where the file is kept.
    static let delete = PreparedStatement(
        """
        WITH \(AgreementVersionRow.end(.deleted, organization: "$1", user: "$2", key: "$3"))
        DELETE FROM connect_pos.agreements WHERE connected_org_id = $1 RETURNING \(columns)
        """)

    /// Held until the end of the transaction. A lock on a number rather than on the row, because there may be no row. Gives
    /// the number.
    static let lock: PreparedStatement = """
        SELECT key, pg_advisory_xact_lock(key)
        FROM hashtextextended('accord.agreement:' || $1::text, 0) AS key
        """

    /// The same, unless somebody else has the lock. Gives the number, and whether the lock was taken.
    static let tryLock: PreparedStatement = """
        SELECT key, pg_try_advisory_xact_lock(key)
        FROM hashtextextended('accord.agreement:' || $1::text, 0) AS key
        """
}

extension Agreement {
    /// Reads a row of `connect_pos.agreements`.
    init(_ row: PostgreSQLRow) throws(PostgreSQLError) {
        self.init(
            id: AgreementID(try row.decode(UUID.self, 0)),
            connectedOrgID: ConnectedOrgID(try row.decode(UUID.self, 1)),
            key: ObjectKey(stored: try row.decode(String.self, 2)),
            fileName: try row.decode(String.self, 3),
            fileSize: try row.decode(Int.self, 4),
            fileSHA: try row.decode(String.self, 5),
            createdByID: UserID(try row.decode(UUID.self, 6)),
            createdAt: try row.decode(Date.self, 7)
        )
    }
}
