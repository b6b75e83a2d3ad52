package import AccordCore
import FoundationEssentials
import PostgreSQL

/// Reads connections from the organizations' database.
package struct PostgreSQLConnectionRepository: ConnectionRepository {
    private let database: Database<Organizations>

    package init(_ database: Database<Organizations>) { self.database = database }

    package func connections(
        of organization: OrganizationID, for tenant: Tenant
    ) async throws(AccordError) -> [Connection] {
        try await database.rows(
            Self.selectAll, [.uuid(organization.uuid)], for: .organization(organization), claimant: tenant.url
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

    /// Two index scans, one for each direction.
    private static let selectAll: PreparedStatement = """
        SELECT orgs.id, orgs.name, connections.status
        FROM (
            SELECT target_org_id AS org_id, status FROM subscription.connections WHERE requester_org_id = $1
            UNION ALL
            SELECT requester_org_id, status FROM subscription.connections WHERE target_org_id = $1
        ) AS connections
        JOIN subscription.orgs ON orgs.id = connections.org_id
        ORDER BY orgs.name, orgs.id
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
}
