package import AccordCore
import FoundationEssentials
import PostgreSQL

/// Reads connections from the organizations' database.
package struct PostgreSQLConnectionRepository: ConnectionRepository {
    private let database: Database<Organizations>

    package init(_ database: Database<Organizations>) { self.database = database }

    package func connections(
        of organization: OrganizationID, _ selection: ConnectionSelection, for tenant: Tenant
    ) async throws(AccordError) -> [Connection] {
        // PostgreSQL's text has no such character, so no name has it.
        if selection.search?.utf8.contains(0) == true { return [] }
        let (statement, parameters) = Self.statement(for: selection)
        return try await database.rows(
            statement, [.uuid(organization.uuid)] + parameters, for: .organization(organization), claimant: tenant.url
        ) { row in
            Connection(
                organizationID: ConnectedOrgID(try row.decode(UUID.self, 0)),
                name: try row.decode(String.self, 1),
                status: try ConnectionStatus(column: row.decode(String.self, 2))
            )
        }
    }

    package func status(
        of organization: OrganizationID, with other: ConnectedOrgID, for tenant: Tenant
    ) async throws(AccordError) -> ConnectionStatus? {
        try await database.rows(
            Self.selectStatus, [.uuid(organization.uuid), .uuid(other.uuid)], for: .organization(organization),
            claimant: tenant.url
        ) { row in
            try ConnectionStatus(column: row.decode(String.self, 0))
        }.first
    }

    /// What a selection is asked for by, and the parameters after the organization.
    private static func statement(
        for selection: ConnectionSelection
    ) -> (PreparedStatement, [PostgreSQLParameter]) {
        if selection == .all { return (selectAll, []) }
        let parameters: [PostgreSQLParameter] = [
            selection.status.map { .text($0.column) } ?? .null,
            selection.search.map { .text($0) } ?? .null,
            selection.after.map { .uuid($0.uuid) } ?? .null,
            selection.first.map { .int($0) } ?? .null,
        ]
        return (selectSome, parameters)
    }

    /// Two index scans, one for each direction.
    private static let selectAll = PreparedStatement("\(connections) ORDER BY orgs.name, orgs.id")

    private static let selectSome = PreparedStatement(
        """
        \(connections)
        WHERE ($2::text IS NULL OR connections.status = $2)
            AND ($3::text IS NULL OR position(lower($3) IN lower(orgs.name)) > 0)
            AND ($4::uuid IS NULL OR (orgs.name, orgs.id) > (
                SELECT orgs.name, orgs.id FROM subscription.connections JOIN subscription.orgs ON orgs.id = $4
                WHERE least(requester_org_id, target_org_id) = least($1::uuid, $4::uuid)
                    AND greatest(requester_org_id, target_org_id) = greatest($1::uuid, $4::uuid)))
        ORDER BY orgs.name, orgs.id
        LIMIT $5
        """)

    private static let connections = """
        SELECT orgs.id, orgs.name, connections.status
        FROM (
            SELECT target_org_id AS org_id, status FROM subscription.connections WHERE requester_org_id = $1
            UNION ALL
            SELECT requester_org_id, status FROM subscription.connections WHERE target_org_id = $1
        ) AS connections
        JOIN subscription.orgs ON orgs.id = connections.org_id
        """

    /// Written as the unique index over unordered pairs is, so that it is used.
    private static let selectStatus: PreparedStatement = """
        SELECT status FROM subscription.connections
        WHERE least(requester_org_id, target_org_id) = least($1::uuid, $2::uuid)
            AND greatest(requester_org_id, target_org_id) = greatest($1::uuid, $2::uuid)
        """
}

extension ConnectionStatus {
    /// Reads the database's spelling. Accepted is stored as `active`.
    init(column: String) throws(PostgreSQLError) {
        switch column {
        case "pending": self = .pending
        case "active": self = .accepted
        case "rejected": self = .declined
        default: throw .decoding(#"a connection's status is "\#(column)""#)
        }
    }

    /// The database's spelling.
    fileprivate var column: String {
        switch self {
        case .pending: "pending"
        case .accepted: "active"
        case .declined: "rejected"
        }
    }
}
