import AccordCore
import FoundationEssentials
import PostgreSQL

/// The statements on `connect_pos.agreement_versions`, and what those on other tables do with it beside.
///
/// Versions are written with what begins and ends them, in one statement. Another program that shares the database knows
/// nothing of them: what it did to an agreement is found out by comparing the row with the last version.
enum AgreementVersionRow {
    /// What row and version both have.
    private static let file = "file_name, file_size, file_sha, created_by_id, created_at"

    /// One line that compares: `next` is the number that the next version gets, `is_new` whether the row is a version
    /// that was not written, and `lost_as` how the last version ended without being told so.
    private static func found(organization: String) -> String {
        """
        found AS (
            SELECT present.*, coalesce(last.version, 0) + 1 AS next,
                present.connected_org_id IS NOT NULL AND is_same IS NOT TRUE AS is_new,
                CASE WHEN last.ended_as IS NULL AND is_same IS NOT TRUE
                    THEN CASE WHEN present.connected_org_id IS NULL THEN 'deleted' ELSE 'replaced' END END AS lost_as
            FROM (VALUES (1)) AS one
                LEFT JOIN (
                    SELECT connected_org_id, \(file) FROM connect_pos.agreements WHERE connected_org_id = \(organization)
                ) AS present ON true
                LEFT JOIN (
                    SELECT version, ended_as, \(file) FROM connect_pos.agreement_versions
                    WHERE connected_org_id = \(organization) ORDER BY version DESC LIMIT 1
                ) AS last ON true
                CROSS JOIN LATERAL (
                    SELECT last.ended_as IS NULL
                        AND (present.file_name, present.file_size, present.file_sha, present.created_by_id, present.created_at)
                            = (last.file_name, last.file_size, last.file_sha, last.created_by_id, last.created_at)
                        AS is_same
                ) AS same
        )
        """
    }

    /// Before a statement, after `WITH`: makes the versions end with the row as it is.
    static func catchUp(organization: String) -> String {
        """
        \(found(organization: organization)), lost AS (
            UPDATE connect_pos.agreement_versions AS version SET ended_as = found.lost_as FROM found
            WHERE version.connected_org_id = \(organization) AND version.version = found.next - 1
                AND found.lost_as IS NOT NULL
        ), caught AS (
            INSERT INTO connect_pos.agreement_versions (connected_org_id, version, \(file))
            SELECT connected_org_id, next, \(file) FROM found WHERE is_new
        )
        """
    }

    /// Before a statement, after `WITH`: ends the version that is the agreement, if there is one.
    static func end(_ end: AgreementVersion.End, organization: String, user: String, key: String) -> String {
        """
        last AS (
            SELECT max(version) AS version FROM connect_pos.agreement_versions
            WHERE connected_org_id = \(organization)
        ), ended AS (
            UPDATE connect_pos.agreement_versions AS version
            SET ended_as = '\(end.stored)', ended_at = now(), ended_by_id = \(user), kept_key = \(key) FROM last
            WHERE version.connected_org_id = \(organization) AND version.version = last.version
                AND version.ended_as IS NULL
        )
        """
    }

    /// Before a statement, after `last` of `end`: begins a version that is the row that `written` has.
    static let begin = """
        begun AS (
            INSERT INTO connect_pos.agreement_versions (connected_org_id, version, \(file))
            SELECT connected_org_id, coalesce(last.version, 0) + 1, \(file) FROM written, last
        )
        """

    /// The versions of the organization `$1` before the number `$2`, the newest first, `$3` at most.
    static let select = PreparedStatement(
        """
        WITH \(found(organization: "$1")), versions AS (
            (
                SELECT version.connected_org_id, version.version, version.file_name, version.file_size,
                    version.file_sha, version.created_by_id, version.created_at,
                    coalesce(version.ended_as, found.lost_as) AS ended_as, version.ended_at, version.ended_by_id,
                    version.kept_key
                FROM connect_pos.agreement_versions AS version, found
                WHERE version.connected_org_id = $1 AND version.version < $2
                ORDER BY version.version DESC LIMIT $3
            )
            UNION ALL
            SELECT connected_org_id, next, \(file), NULL, NULL, NULL, NULL FROM found WHERE is_new AND next < $2
        )
        SELECT * FROM versions ORDER BY version DESC LIMIT $3
        """)

    private static let columns = "connected_org_id, version, \(file), ended_as, ended_at, ended_by_id, kept_key"

    // MARK: Files that are kept

    /// Those of the organization `$1` but for the `$2` newest; some at a time.
    static let selectKeptBeyond = PreparedStatement(
        """
        SELECT \(columns) FROM connect_pos.agreement_versions
        WHERE connected_org_id = $1 AND kept_key IS NOT NULL ORDER BY version DESC OFFSET $2 LIMIT 100
        """)

    /// Those after the version `$2` of the organization `$1`, in the order of the primary key, `$3` at most.
    static let selectKeptPage = PreparedStatement(
        """
        SELECT \(columns) FROM connect_pos.agreement_versions
        WHERE (connected_org_id, version) > ($1, $2) AND kept_key IS NOT NULL
        ORDER BY connected_org_id, version LIMIT $3
        """)

    /// Those at the keys `$1`.
    static let selectKept = PreparedStatement(
        "SELECT \(columns) FROM connect_pos.agreement_versions WHERE kept_key = ANY ($1)")

    /// The organizations after `$1` that have more than `$2` of them, `$3` at most.
    static let selectKeeping: PreparedStatement = """
        SELECT connected_org_id FROM connect_pos.agreement_versions
        WHERE connected_org_id > $1 AND kept_key IS NOT NULL
        GROUP BY connected_org_id HAVING count(*) > $2 ORDER BY connected_org_id LIMIT $3
        """

    static let forget: PreparedStatement = """
        UPDATE connect_pos.agreement_versions SET kept_key = NULL WHERE connected_org_id = $1 AND version = $2
        """
}

extension AgreementVersion {
    /// Reads a row of one of the selections of `AgreementVersionRow`.
    init(_ row: PostgreSQLRow) throws(PostgreSQLError) {
        let end = try row.decode(String?.self, 7).map { text throws(PostgreSQLError) in
            guard let end = End.allCases.first(where: { $0.stored == text }) else {
                throw PostgreSQLError.decoding("a version's end is none")
            }
            return end
        }
        self.init(
            connectedOrgID: ConnectedOrgID(try row.decode(UUID.self, 0)),
            number: try row.decode(Int.self, 1),
            fileName: try row.decode(String.self, 2),
            fileSize: try row.decode(Int.self, 3),
            fileSHA: try row.decode(String.self, 4),
            createdByID: UserID(try row.decode(UUID.self, 5)),
            createdAt: try row.decode(Date.self, 6),
            end: end,
            endedAt: try row.decode(Date?.self, 8),
            endedByID: try row.decode(UUID?.self, 9).map { UserID($0) },
            keptKey: try row.decode(String?.self, 10).map { ObjectKey(stored: $0) }
        )
    }
}

extension AgreementVersion.End {
    /// As the column `ended_as` spells it.
    fileprivate var stored: String {
        switch self {
        case .replaced: "replaced"
        case .deleted: "deleted"
        }
    }
}
