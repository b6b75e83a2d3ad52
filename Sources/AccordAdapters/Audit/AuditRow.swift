import AccordCore
import FoundationEssentials
import PostgreSQL

/// The statements on `connect_pos.audit_entries`.
enum AuditRow {
    /// What the application's role may set; the rest is the trigger's.
    static let insertedColumns = [
        "action", "user_id", "role", "request_id", "ip_address", "connected_org_id", "agreement_ids", "details",
    ]

    /// Inserts events, one from each position of the arrays.
    static let insert = PreparedStatement(
        """
        INSERT INTO connect_pos.audit_entries (\(insertedColumns.joined(separator: ", ")))
        SELECT action, user_id::uuid, role, request_id, ip_address::inet, connected_org_id::uuid, agreement_ids::uuid[],
            details::jsonb
        FROM unnest($1, $2, $3, $4, $5, $6, $7, $8) WITH ORDINALITY
            AS events (\(insertedColumns.joined(separator: ", ")), place)
        ORDER BY place
        """)

    private static let columns = """
        id, recorded_at, action, user_id, role, request_id, host(ip_address), connected_org_id,
        array_to_string(agreement_ids, ' '), details
        """

    static let selectPage = PreparedStatement(
        "SELECT \(columns) FROM connect_pos.audit_entries WHERE id < $1 ORDER BY id DESC LIMIT $2")

    /// For each action one of its own, so that how many entries there are of it counts when the statement is planned.
    static func selectPage(of action: AuditAction) -> PreparedStatement {
        PreparedStatement(
            """
            SELECT \(columns) FROM connect_pos.audit_entries WHERE action = '\(action.name)' AND id < $1
            ORDER BY id DESC LIMIT $2
            """)
    }

    /// The parameters of `insert`.
    static func parameters(of events: [AuditEvent]) throws(PostgreSQLError) -> [PostgreSQLParameter] {
        let encoder = JSONEncoder()
        var details: [String?] = []
        do {
            for event in events {
                details.append(
                    event.details == AuditDetails()
                        ? "{}" : String(decoding: try encoder.encode(event.details), as: UTF8.self))
            }
        } catch {
            throw .decoding("an event's details can't be written: \(error)")
        }
        return [
            .texts(events.map(\.action.name)),
            .texts(events.map { $0.initiator.userID?.description }),
            .texts(events.map { $0.initiator.role?.claim }),
            .texts(events.map(\.initiator.request.id)),
            .texts(events.map(\.initiator.request.ipAddress)),
            .texts(events.map { $0.connectedOrgID?.description }),
            .texts(events.map { "{\($0.agreementIDs.map(\.description).joined(separator: ","))}" }),
            .texts(details),
        ]
    }
}

extension AuditEntry {
    /// Reads a row of a page.
    init(_ row: PostgreSQLRow) throws {
        guard let action = AuditAction(name: try row.decode(String.self, 2)) else {
            throw PostgreSQLError.decoding("an entry's action is none")
        }
        self.init(
            id: try row.decode(Int.self, 0),
            recordedAt: try row.decode(Date.self, 1),
            action: action,
            userID: try row.decode(UUID?.self, 3).map(UserID.init),
            role: try row.decode(String?.self, 4),
            requestID: try row.decode(String?.self, 5),
            ipAddress: try row.decode(String?.self, 6),
            connectedOrgID: try row.decode(UUID?.self, 7).map(ConnectedOrgID.init),
            agreementIDs: try row.decode(String.self, 8).split(separator: " ").compactMap { AgreementID(String($0)) },
            details: try JSONDecoder().decode(AuditDetails.self, from: Data(row.decode(String.self, 9).utf8)))
    }
}
