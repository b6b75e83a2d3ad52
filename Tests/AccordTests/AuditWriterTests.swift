import AccordAdapters
import AccordCore
import Foundation
import PostgreSQL
import PrometheusMetrics
import TestSupport
import Testing

@testable import AccordServer

/// What becomes of entries while a tenant's database can't be reached.
@Suite(.timeLimit(.minutes(2)))
struct AuditWriterTests {
    /// A tenant whose database is not there.
    private let tenant = Tenant(
        id: TenantID(UUID()), organization: TokenOrganization("org_gone"), url: "gone", name: "Gone",
        database: TenantDatabaseReference(connectionURL: "postgresql://nobody@127.0.0.1:1/gone"))

    private func event(_ request: String) -> AuditEvent {
        AuditEvent(.refused, by: Initiator(userID: nil, role: nil, request: RequestOrigin(id: request)))
    }

    /// Lends a writer with room for two entries of a tenant, and what it has counted; it stops afterwards.
    private func withWriter(
        patience: Duration, _ body: (AuditWriter, @escaping () -> String) async throws -> Void
    ) async throws {
        let pool = PostgreSQLPool(configuration: PostgreSQLPoolConfiguration(maximumConnections: 2), logger: .quiet)
        let registry = PrometheusRegistry(MetricNames.all)
        let databases = Databases(
            pool: pool, central: try PostgreSQLEndpoint(url: "postgresql://127.0.0.1:1/none"), logger: .quiet)
        let writer = AuditWriter(
            log: PostgreSQLAuditLog(databases: databases),
            timing: AuditWriter.Timing(collecting: .milliseconds(1), patience: patience, patienceAtEnd: .zero),
            maximumWeight: (2, 2), metrics: AuditMetrics(in: registry), logger: .quiet)
        try await withThrowingTaskGroup { group in
            group.addTask { await writer.run() }
            try await body(writer) { registry.text() }
            group.cancelAll()
        }
        await pool.close()
    }

    private func lost(_ count: Int) -> String { #"accord_audit_entries_total{outcome="lost"} \#(count)"# }

    @Test func `who finds no room waits until what can't be written is given up, which is counted`() async throws {
        try await withWriter(patience: .zero) { writer, metrics async throws in
            for number in 1...5 { await writer.add([event("\(number)")], of: tenant) }
            while writer.count > 0 { try await Task.sleep(for: .milliseconds(5)) }
            #expect(metrics().contains(lost(5)))
        }
    }

    @Test func `what can't be written at the end is lost, and counted, and nobody waits for ever`() async throws {
        var text = { "" }
        try await withWriter(patience: .seconds(3_600)) { writer, metrics async throws in
            await writer.add([event("1"), event("2")], of: tenant)
            // There is no room for it; it waits for the end.
            async let third: Void = writer.add([event("3")], of: tenant)
            try await withThrowingTaskGroup { group in
                group.addTask { try await Task.sleep(for: .milliseconds(50)) }
                try await group.waitForAll()
            }
            #expect(writer.count == 2)
            writer.close()
            await third
            text = metrics
        }
        #expect(text().contains(lost(3)))
    }
}
