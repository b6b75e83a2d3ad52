import AccordDevelopment
import PostgreSQL

extension TestServer {
    /// What the server has stored, looked at past the server.
    package struct Contents: Hashable, Sendable {
        package var rows: [Row]
        /// The objects' keys, sorted.
        package var objects: [String]

        package static let nothing = Contents(rows: [], objects: [])

        package init(rows: [Row], objects: [String]) {
            self.rows = rows
            self.objects = objects
        }

        /// Exactly these rows, each with its object.
        package init(_ rows: Row...) {
            self.init(rows: rows, objects: rows.map(\.key).sorted())
        }

        /// What belongs to one organization.
        package func with(_ organization: String) -> Contents {
            Contents(
                rows: rows.filter { $0.connectedOrgID == organization },
                objects: objects.filter { $0.contains(organization) })
        }
    }

    /// A row of `connect_pos.agreements`, but for what the database makes up.
    package struct Row: Hashable, Sendable {
        /// The `url` of the tenant whose database has it.
        package var tenant: String
        package var connectedOrgID: String
        package var key: String
        package var fileName: String
        package var fileSize: Int
        package var fileSHA: String
        package var createdByID: String

        package init(
            tenant: String, connectedOrgID: String, key: String, fileName: String, fileSize: Int, fileSHA: String,
            createdByID: String
        ) {
            self.tenant = tenant
            self.connectedOrgID = connectedOrgID
            self.key = key
            self.fileName = fileName
            self.fileSize = fileSize
            self.fileSHA = fileSHA
            self.createdByID = createdByID
        }
    }

    /// All rows of all tenants and all objects, as they are now.
    package func contents() async throws -> Contents {
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 1), logger: .quiet)
        do {
            var rows: [Row] = []
            for member in tenants.members { rows += try await Self.rows(of: member, pool) }
            await pool.close()
            return Contents(rows: rows, objects: try await storage.keys())
        } catch {
            await pool.close()
            throw error
        }
    }

    private static func rows(of member: TestTenants.Member, _ pool: PostgreSQLPool) async throws -> [Row] {
        try await pool.withConnection(to: try PostgreSQLEndpoint(url: member.database.ownerURL)) { connection in
            let rows = try await connection.query(
                """
                SELECT connected_org_id::text, s3_key, file_name, file_size, file_sha, created_by_id::text
                FROM connect_pos.agreements ORDER BY s3_key
                """, [])
            return try rows.map { row in
                Row(
                    tenant: member.customer.url,
                    connectedOrgID: try row.decode(String.self, 0),
                    key: try row.decode(String.self, 1),
                    fileName: try row.decode(String.self, 2),
                    fileSize: try row.decode(Int.self, 3),
                    fileSHA: try row.decode(String.self, 4),
                    createdByID: try row.decode(String.self, 5))
            }
        }
    }
}
