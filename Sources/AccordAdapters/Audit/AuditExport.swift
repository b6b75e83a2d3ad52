package import AccordCore
import PostgreSQL

/// Reads tenants' audit logs as lines of JSON, page by page.
package struct AuditExport: Sendable {
    private let databases: Databases
    private let pageSize: Int

    /// Makes an export; nothing is asked yet.
    package init(databases: Databases, pageSize: Int = 1_000) {
        self.databases = databases
        self.pageSize = pageSize
    }

    /// Hands over a tenant's entries, the oldest first.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - id: What they come after; 0 for all.
    ///   - body: Gets each entry as one line of JSON, without the line's end.
    /// - Throws: `databaseBehind` where there is no log; `databaseUnavailable` and the like.
    package func export(
        _ tenant: Tenant, after id: Int, _ body: (String) -> Void
    ) async throws(AccordError) {
        try await databases.database(of: tenant).withConnection { connection in
            var last = id
            while true {
                let rows = try await connection.query(Self.select, [.int(last), .int(pageSize), .text(tenant.url)])
                for row in rows { body(try row.decode(String.self, 1)) }
                guard let row = rows.last else { return }
                last = try row.decode(Int.self, 0)
            }
        }
    }

    private static let select: PreparedStatement = """
        SELECT id, row_to_json(entries)::text FROM (
            SELECT $3 AS tenant, id,
                to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "recordedAt", action,
                user_id AS "userId", role, request_id AS "requestId", host(ip_address) AS "ipAddress",
                connected_org_id AS "connectedOrgId", agreement_ids AS "agreementIds", details,
                encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash
            FROM connect_pos.audit_entries WHERE id > $1 ORDER BY id LIMIT $2
        ) AS entries ORDER BY id
        """
}
