import AccordCore
import AccordDevelopment
import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

/// What statements without any condition see of the schema `subscription`.
@Suite(.tenants, .timeLimit(.minutes(3)))
struct RowLevelSecurityTests {
    private func count(_ table: String, for identity: DatabaseIdentity?) async throws -> Int {
        var count = 0
        try await withDatabases { databases async throws in
            let statement = PreparedStatement("SELECT count(*)::integer FROM subscription.\(table)")
            if let identity {
                let rows = try await databases.organizations.rows(statement, [], for: identity) { row in
                    try row.decode(Int.self, 0)
                }
                count = rows.first ?? -1
            } else {
                count = try await databases.organizations.withConnection { connection in
                    try await connection.query(statement).first?.decode(Int.self, 0) ?? -1
                }
            }
        }
        return count
    }

    @Test(arguments: ["orgs", "users", "connections"])
    func `nobody sees nothing`(_ table: String) async throws {
        #expect(try await count(table, for: nil) == 0)
        #expect(try await count(table, for: .subject("nobody")) == 0)
    }

    @Test func `an organization sees its own connections, and no user`() async throws {
        let tenants = try TestTenants.current
        for member in [tenants.first, tenants.second] {
            let organization = member.customer.organization.id
            let own = tenants.data.connections.count { [$0.requester.id, $0.target.id].contains(organization) }
            #expect(own > 0 && own < tenants.data.connections.count)
            let identity = DatabaseIdentity.organization(OrganizationID(organization))
            #expect(try await count("connections", for: identity) == own)
            #expect(try await count("orgs", for: identity) == tenants.data.organizations.count)
            #expect(try await count("users", for: identity) == 0)
        }
        #expect(try await count("connections", for: .organization(OrganizationID(UUID()))) == 0)
    }

    @Test func `somebody sees the own row, and nothing else`() async throws {
        let user = try #require(try TestTenants.current.first.customer.users.first)
        #expect(try await count("users", for: .subject(user.subject)) == 1)
        #expect(try await count("connections", for: .subject(user.subject)) == 0)
    }

    @Test func `what is shown of other organizations is what is public`() async throws {
        let organization = OrganizationID(try TestTenants.current.first.customer.organization.id)
        let error = try await withDatabases { databases async throws -> AccordError? in
            do throws(AccordError) {
                _ = try await databases.organizations.rows(
                    "SELECT domain FROM subscription.orgs", [], for: .organization(organization)
                ) { try $0.decode(String?.self, 0) }
                return nil
            } catch {
                return error
            }
        }
        #expect(error == .internalError)
    }
}
