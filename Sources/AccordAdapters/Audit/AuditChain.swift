import Crypto
import PostgreSQL

/// How entries of the audit log are chained: what the trigger `chained` does, done here.
///
/// The migration `0004_audit_log` describes it; it can't change, since every log that there is was made by it.
struct AuditChain {
    /// The entry that the chain has come to. Before the first entry that is 0, and 32 zero bytes.
    private(set) var (id, hash) = (0, [UInt8](repeating: 0, count: 32))

    /// The columns that are hashed, each as the text that is, and the two hashes. The first of them is the id.
    static let columns = """
        id::text,
        CASE WHEN isfinite(recorded_at) THEN (extract(epoch FROM recorded_at) * 1000000)::bigint::text END,
        action, user_id::text, role, request_id, ip_address::text, connected_org_id::text, agreement_ids::text,
        details::text, previous_hash, hash
        """

    private static let hashedColumns = 10

    /// What is wrong with an entry.
    enum Fault: Hashable {
        /// There was one of its place already.
        case repeated
        /// It is not the one whose turn it is: those between are gone.
        case missing
        /// It was not appended to the one before it.
        case unchained
        /// It doesn't say what it said when it was appended.
        case changed
    }

    /// Goes on to the next entry, a row of `columns`.
    ///
    /// - Returns: What is wrong with it, in which case the chain stays where it is; nil when nothing is.
    mutating func advance(_ row: PostgreSQLRow) throws(PostgreSQLError) -> Fault? {
        var fields: [String?] = []
        for column in 0..<Self.hashedColumns { fields.append(try row.decode(String?.self, column)) }
        guard let number = fields[0].flatMap({ Int($0) }), number > id else { return .repeated }
        guard number == id + 1 else { return .missing }
        guard try row.decode([UInt8].self, Self.hashedColumns) == hash else { return .unchained }
        let next = Self.hash(fields, after: hash)
        guard try row.decode([UInt8].self, Self.hashedColumns + 1) == next else { return .changed }
        (id, hash) = (number, next)
        return nil
    }

    /// The hash of an entry.
    ///
    /// - Parameters:
    ///   - fields: The text of each column that is hashed, nil for NULL.
    ///   - previous: The hash of the entry before.
    /// - Returns: 32 bytes.
    static func hash(_ fields: [String?], after previous: [UInt8]) -> [UInt8] {
        var text = ""
        for field in fields { text += (field.map { "\($0.utf8.count):\($0)" } ?? "-") + "," }
        return Array(SHA256.hash(data: previous + Array(text.utf8)))
    }
}
