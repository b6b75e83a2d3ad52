import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import PostgreSQL
import TestSupport
import Testing

@Suite(.tenants, .timeLimit(.minutes(5)))
struct ConnectionSelectionTests {
    /// An organization with connections of its own, in both directions, named so that the order is plain.
    private struct Scene {
        let organization = OrganizationID(UUID())
        var ids: [String: ConnectedOrgID] = [:]

        static let connections: [(name: String, status: String)] = [
            ("Alpha", "active"), ("Beta 100%", "pending"), ("Beta 2", "active"), ("Delta_x", "rejected"),
            ("Echo", "active"), ("Echo", "active"), ("Zulu", "pending"),
        ]

        init() async throws {
            var statements = "INSERT INTO subscription.orgs VALUES ('\(organization)', 'Own', 'distributor');"
            // Of two with one name, the smaller identifier comes first.
            let identifiers = Self.connections.map { _ in UUID() }.sorted { $0.uuidString < $1.uuidString }
            for ((name, status), id) in zip(Self.connections, identifiers) {
                ids[name] = ids[name] ?? ConnectedOrgID(id)
                let ends = Bool.random() ? "'\(organization)', '\(id)'" : "'\(id)', '\(organization)'"
                statements += """
                    INSERT INTO subscription.orgs VALUES ('\(id)', '\(name)', 'distributor');
                    INSERT INTO subscription.connections (id, requester_org_id, target_org_id, status)
                        VALUES (gen_random_uuid(), \(ends), '\(status)');
                    """
            }
            try await setScene(statements, in: try TestTenants.current.central)
        }

        func names(_ selection: ConnectionSelection) async throws -> [String] {
            try await withDatabases { databases async throws in
                try await PostgreSQLConnectionRepository(databases.organizations)
                    .connections(of: organization, selection, for: try TestTenants.current.first.tenant).map(\.name)
            }
        }
    }

    @Test(
        arguments: [
            (.all, ["Alpha", "Beta 100%", "Beta 2", "Delta_x", "Echo", "Echo", "Zulu"]),
            (ConnectionSelection(first: 2), ["Alpha", "Beta 100%"]),
            (ConnectionSelection(first: 100), ["Alpha", "Beta 100%", "Beta 2", "Delta_x", "Echo", "Echo", "Zulu"]),
            (ConnectionSelection(status: .accepted), ["Alpha", "Beta 2", "Echo", "Echo"]),
            (ConnectionSelection(status: .pending), ["Beta 100%", "Zulu"]),
            (ConnectionSelection(status: .declined), ["Delta_x"]),
            (ConnectionSelection(search: "BETA"), ["Beta 100%", "Beta 2"]),
            // None of these means anything but itself.
            (ConnectionSelection(search: "%"), ["Beta 100%"]), (ConnectionSelection(search: "_"), ["Delta_x"]),
            (ConnectionSelection(search: "'"), []), (ConnectionSelection(search: "\\"), []),
            (ConnectionSelection(search: "a\0"), []),
            (ConnectionSelection(status: .accepted, search: "e", first: 2), ["Beta 2", "Echo"]),
        ] as [(ConnectionSelection, [String])])
    func `a selection has what it says, in the order of names`(
        selection: ConnectionSelection, names: [String]
    )
        async throws
    {
        #expect(try await Scene().names(selection) == names)
    }

    @Test(arguments: 1...4)
    func `pages follow one another without a gap`(size: Int) async throws {
        let scene = try await Scene()
        var seen: [ConnectedOrgID] = []
        try await withDatabases { databases async throws in
            let repository = PostgreSQLConnectionRepository(databases.organizations)
            let tenant = try TestTenants.current.first.tenant
            while true {
                let page = try await repository.connections(
                    of: scene.organization, ConnectionSelection(after: seen.last, first: size), for: tenant)
                #expect(page.count <= size)
                if page.isEmpty { break }
                seen += page.map(\.organizationID)
            }
            let all = try await repository.connections(of: scene.organization, .all, for: tenant)
            #expect(seen == all.map(\.organizationID))
        }
    }

    @Test func `what follows a stranger is nothing`() async throws {
        let (scene, other) = (try await Scene(), try await Scene())
        let stranger = try #require(other.ids["Alpha"])
        #expect(try await scene.names(ConnectionSelection(after: stranger)) == [])
        #expect(try await scene.names(ConnectionSelection(after: ConnectedOrgID(UUID()))) == [])
    }
}
