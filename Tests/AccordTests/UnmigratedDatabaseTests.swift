import AccordDevelopment
import TestSupport
import Testing

/// A tenant whose database lacks a migration.
@Suite(.server(storage: .directory), .timeLimit(.minutes(2)))
struct UnmigratedDatabaseTests {
    @Test(arguments: [
        "DROP SCHEMA connect_pos CASCADE", "DROP TABLE connect_pos.agreements",
        "ALTER TABLE connect_pos.agreements DROP COLUMN file_sha",
    ])
    func `only what needs the missing tables is refused, and clearly`(change: String) async throws {
        let server = try TestServer.current
        try await TestCluster.shared.cluster.administer([change], in: server.tenants.first.database.name)
        let token = try server.token()

        let without = try await server.client.graphQL("{ connections { name connectionStatus } }", token: token)
        #expect(without.errors.isEmpty)
        let with = try await server.client.graphQL("{ connections { agreement { fileName } } }", token: token)
        #expect(Set(with.codes) == ["DATABASE_UNAVAILABLE"])
        #expect(
            Set(with.errors.map(\.message)) == ["The database has not been brought up to date yet. Try again later."])
    }
    @Test func `without the table of versions all but the history can be read`() async throws {
        let server = try TestServer.current
        try await TestCluster.shared.cluster.administer(
            ["DROP TABLE connect_pos.agreement_versions"], in: server.tenants.first.database.name)
        let other = try await server.newConnection()
        let token = try server.token()

        let shown = try await server.client.graphQL("{ connections { agreement { fileName } } }", token: token)
        #expect(shown.errors.isEmpty)
        let history = try await server.client.graphQL(
            "query($id: ID!) { agreementHistory(connectedOrgId: $id) { edges { cursor } } }", variables: ["id": other],
            token: token)
        #expect(history.codes == ["DATABASE_UNAVAILABLE"])
        #expect(
            history.errors.map(\.message) == ["The database has not been brought up to date yet. Try again later."])
        let upload = try await server.upload(.pdf("a.pdf"), to: other, token: token)
        #expect(upload.codes == ["DATABASE_UNAVAILABLE"])
        #expect(try await server.contents() == .nothing)
    }
}
