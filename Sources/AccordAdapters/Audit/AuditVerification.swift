package import AccordCore
import PostgreSQL

/// Finds what was changed, removed or inserted in tenants' audit logs.
///
/// Every hash is computed anew, page by page; nothing is locked, and entries may be appended meanwhile.
package struct AuditVerification: Sendable {
    private let databases: Databases
    private let pageSize: Int

    /// Makes a verification; nothing is asked yet.
    package init(databases: Databases, pageSize: Int = 1_000) {
        self.databases = databases
        self.pageSize = pageSize
    }

    /// An entry of the chain, by its place and its hash.
    package struct Head: Hashable, Sendable, CustomStringConvertible {
        package let id: Int
        package let hash: [UInt8]

        package init(id: Int, hash: [UInt8]) {
            self.id = id
            self.hash = hash
        }

        /// Reads what `description` is: the place, a colon, and the hash in hexadecimal. Anything else is nil.
        package init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let id = Int(parts[0]), id >= 0, parts[1].utf8.count == 64 else { return nil }
            var hash: [UInt8] = []
            var digits = parts[1][...]
            while let byte = UInt8(digits.prefix(2), radix: 16) {
                hash.append(byte)
                digits = digits.dropFirst(2)
            }
            guard hash.count == 32 else { return nil }
            self.init(id: id, hash: hash)
        }

        package var description: String {
            "\(id):" + hash.map { String(0x100 + Int($0), radix: 16).dropFirst() }.joined()
        }
    }

    /// The first thing that is wrong with a log.
    package enum Fault: Hashable, Sendable {
        /// The entry of this place is not there.
        case missing(Int)
        /// The entry of this place was not appended to the one before it: that one was put in its place, or others.
        case unchained(Int)
        /// The entry of this place doesn't say what it said.
        case changed(Int)
        /// There are this many entries besides those of the chain, or more.
        case inserted(Int)
        /// The entries after this place are gone, of which there were some.
        case cutOff(after: Int)
        /// Entries were appended past what keeps account of the end, or that was changed.
        case wrongEnd
        /// The entry of this place is not the one that was expected.
        case unexpected(Int)
    }

    /// What a log is like.
    package struct Report: Hashable, Sendable {
        /// The last entry that is as it should be, and all before it are.
        package let head: Head
        /// What is wrong after that; nil when nothing is.
        package let fault: Fault?
    }

    /// Verifies a tenant's log.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - expected: An entry that was the last one of an earlier verification; nil for none. Who may change everything in
    ///     the database could make another log; it would not have that entry.
    /// - Returns: What it is like.
    /// - Throws: `databaseBehind` where there is no log; `databaseUnavailable` and the like.
    package func verify(_ tenant: Tenant, expected: Head? = nil) async throws(AccordError) -> Report {
        try await databases.database(of: tenant).withConnection { connection in
            var chain = AuditChain()
            func report(_ fault: Fault?) -> Report { Report(head: Head(id: chain.id, hash: chain.hash), fault: fault) }
            if let expected, expected.id == 0, expected.hash != chain.hash { return report(.unexpected(0)) }
            while true {
                // Entries that this tells of can be seen by the next statement.
                let end = try await end(connection)
                let rows = try await connection.query(Self.select, [.int(chain.id), .int(pageSize)])
                for row in rows {
                    switch try chain.advance(row) {
                    case .repeated?: return report(.inserted(1))
                    case .missing?: return report(.missing(chain.id + 1))
                    case .unchained?: return report(.unchained(chain.id + 1))
                    case .changed?: return report(.changed(chain.id + 1))
                    case nil: break
                    }
                    if let expected, expected.id == chain.id, expected.hash != chain.hash {
                        return report(.unexpected(chain.id))
                    }
                }
                guard rows.isEmpty else { continue }
                if let end, end.id > chain.id { return report(.cutOff(after: chain.id)) }
                guard end == Head(id: chain.id, hash: chain.hash) else { return report(.wrongEnd) }
                let count = try await connection.query(Self.count, [.int(chain.id)]).first?.decode(Int.self, 0) ?? 0
                guard count == chain.id else { return report(.inserted(count - chain.id)) }
                if let expected, expected.id > chain.id { return report(.cutOff(after: chain.id)) }
                return report(nil)
            }
        }
    }

    /// What the database says of the end of the chain; nil when it doesn't say it in one row.
    private func end(_ connection: PostgreSQLConnection) async throws -> Head? {
        let rows = try await connection.query(Self.selectEnd)
        guard rows.count == 1 else { return nil }
        return Head(id: try rows[0].decode(Int.self, 0), hash: try rows[0].decode([UInt8].self, 1))
    }

    // The first of the columns is called id, too, and is a text.
    private static let select = PreparedStatement(
        "SELECT \(AuditChain.columns) FROM connect_pos.audit_entries WHERE id > $1 ORDER BY audit_entries.id LIMIT $2")

    private static let selectEnd: PreparedStatement = "SELECT last_id, last_hash FROM connect_pos.audit_heads"

    /// Those that the chain has no place for: where there is no primary key any more, a place may be taken twice.
    private static let count: PreparedStatement = "SELECT count(*) FROM connect_pos.audit_entries WHERE id <= $1"
}
