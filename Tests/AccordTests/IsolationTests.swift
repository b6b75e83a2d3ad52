import AccordDevelopment
import Curl
import TestSupport
import Testing

/// Two customers of one server: what is the one's is never the other's.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct IsolationTests {
    @Test(
        .server(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"))
    func `two tenants with the same organization and file name never see each other's file, in one bucket`()
        async throws
    {
        try await sameNameAtTheSameOrganization(TestServer.current)
    }

    @Test(.server(storage: .directory))
    func `two tenants with the same organization and file name never see each other's file, in one directory`()
        async throws
    {
        try await sameNameAtTheSameOrganization(TestServer.current)
    }

    private func sameNameAtTheSameOrganization(_ server: TestServer) async throws {
        let (first, second) = (server.tenants.first, server.tenants.second)
        let keystone = try server.organization("Keystone Electric")
        let (one, other) = (TestFile.pdf("agreement.pdf", seed: 1), TestFile.pdf("agreement.pdf", seed: 2))

        let firsts = try await server.upload(one, to: keystone, token: server.token(of: first)).uploaded
        #expect(try await server.agreement(with: keystone, token: server.token(of: second)) == nil)
        let seconds = try await server.upload(other, to: keystone, token: server.token(of: second)).uploaded

        #expect(firsts.id != seconds.id)
        let rows = [
            server.row(one.bytes, "agreement.pdf", with: keystone, of: first),
            server.row(other.bytes, "agreement.pdf", with: keystone, of: second),
        ]
        #expect(try await server.contents() == TestServer.Contents(rows: rows, objects: rows.map(\.key)))
        for (member, id, file) in [(first, firsts.id, one), (second, seconds.id, other)] {
            let shown = try await server.connections(token: server.token(of: member)).compactMap(\.agreement)
            #expect(shown.map(\.id) == [id])
            #expect(try await server.client.get(shown.first?.presignedUrl ?? "").body == file.bytes)
        }

        #expect(try await server.delete(keystone, token: server.token(of: first)).errors.isEmpty)
        #expect(try await server.contents() == TestServer.Contents(rows[1]))
        #expect(try await server.delete(keystone, token: server.token(of: first)).codes == ["AGREEMENT_NOT_FOUND"])
        #expect(try await server.client.get(seconds.presignedUrl).body == other.bytes)
    }

    @Test(.server(storage: .directory))
    func `a token of one tenant never reaches the other's database`() async throws {
        let server = try TestServer.current
        let (first, second) = (server.tenants.first, server.tenants.second)
        let keystone = try server.organization("Keystone Electric")
        let token = try server.token("super_admin", of: first)
        _ = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: token).uploaded
        _ = try await server.connections(token: token)
        _ = try await server.delete(keystone, token: token)

        // A pooled connection stays open for a minute: the server has one to each database that it has reached.
        #expect(try await sessions(in: first) > 0)
        #expect(try await sessions(in: second) == 0)

        // Without the other's database nothing is missing; the other's own users miss everything.
        try await server.tenants.central.execute(
            "UPDATE public.tenants SET database_url = 'postgresql://127.0.0.1:1/gone' WHERE url = 'harborline'")
        #expect(try await server.upload(.pdf("agreement.pdf"), to: keystone, token: token).errors.isEmpty)
        #expect(try await server.connections(token: token).count == 7)
        let others = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: server.token(of: second))
        #expect(others.codes == ["DATABASE_UNAVAILABLE"])
    }

    private func sessions(in member: TestTenants.Member) async throws -> Int {
        let query = "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(member.database.name)'"
        let answer = try await TestCluster.shared.cluster.administer([query])
        return try #require(Int(answer.trimmingPrefix(while: \.isWhitespace).prefix { $0.isNumber }))
    }

    @Test(.server(storage: .directory))
    func `the display name plays no part`() async throws {
        let server = try TestServer.current
        let (first, second) = (server.tenants.first, server.tenants.second)
        let keystone = try server.organization("Keystone Electric")
        // Each with the other's name; and both tenants with one name in the database, too.
        let firsts = try server.token(of: first, organizationName: second.customer.organization.name)
        let seconds = try server.token(of: second, organizationName: first.customer.organization.name)
        try await server.tenants.central.execute("UPDATE public.tenants SET name = 'Same Name Incorporated'")

        let file = TestFile.pdf("agreement.pdf")
        _ = try await server.upload(file, to: keystone, token: firsts).uploaded

        let row = server.row(file.bytes, "agreement.pdf", with: keystone, of: first)
        #expect(try await server.contents() == TestServer.Contents(row))
        #expect(try await server.agreement(with: keystone, token: firsts)?.fileName == "agreement.pdf")
        #expect(try await server.agreement(with: keystone, token: seconds) == nil)
        #expect(try await server.connections(token: seconds).contains { $0.name == "Brightwater Controls" })
    }
}
