import Curl
import TestSupport
import Testing

@testable import AccordDevelopment

/// Servers settle what others have left.
@Suite(.server(storage: .directory, settings: ["ACCORD_RECOVERY_SECONDS": "1"]), .timeLimit(.minutes(2)))
struct RecoveryServiceTests {
    @Test func `what a dead server has left is finished, also where a tenant's database is gone`() async throws {
        let server = try TestServer.current
        let (first, second) = (server.tenants.first, server.tenants.second)
        try await server.tenants.central.execute(
            """
            UPDATE public.tenants SET database_url = 'postgresql://127.0.0.1:1/gone' WHERE id = '\(first.customer.id)'
            """)
        let other = try server.organization("Keystone Electric")
        let file = TestFile.pdf("a.pdf").bytes
        let row = server.row(file, "a.pdf", with: other, of: second)
        try await server.storage.put(file, at: row.key)
        try await TestCluster.shared.cluster.administer(
            [
                """
                INSERT INTO connect_pos.agreement_intents
                    (id, connected_org_id, action, s3_key, file_name, file_size, file_sha, created_by_id)
                VALUES (gen_random_uuid(), '\(other)', 'put', '\(row.key)', 'a.pdf', \(file.count), '\(row.fileSHA)',
                    '\(row.createdByID)')
                """
            ], in: second.database.name)
        while try await server.contents().rows.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
        #expect(try await server.contents() == TestServer.Contents(row))
        let line = #"accord_recovered_changes_total{outcome="forward"} 1"#
        while try await !String(decoding: server.client.get("/metrics").body, as: UTF8.self).contains(line) {
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
