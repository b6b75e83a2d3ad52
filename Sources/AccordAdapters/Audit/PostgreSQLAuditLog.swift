package import AccordCore
import FoundationEssentials
import PostgreSQL

/// The audit logs, each in its tenant's own database.
package struct PostgreSQLAuditLog: AuditLog {
    private let databases: Databases

    /// Makes the log of all tenants.
    package init(databases: Databases) {
        self.databases = databases
    }

    package func append(_ events: [AuditEvent], of tenant: Tenant) async throws(AccordError) {
        guard !events.isEmpty else { return }
        try await databases.database(of: tenant).withConnection(for: tenant.url) { connection in
            _ = try await connection.execute(AuditRow.insert, AuditRow.parameters(of: events))
        }
    }

    package func append(
        of tenant: Tenant, within delay: Duration, _ next: () -> [AuditEvent]
    ) async throws(AccordError) {
        _ = try await databases.database(of: tenant).withSpareConnection(within: delay) { connection in
            while case let events = next(), !events.isEmpty {
                _ = try await connection.execute(AuditRow.insert, AuditRow.parameters(of: events))
            }
        }
    }

    package func entries(
        of tenant: Tenant, before id: Int?, action: AuditAction?, limit: Int
    ) async throws(AccordError) -> [AuditEntry] {
        try await databases.database(of: tenant).withConnection(for: tenant.url) { connection in
            let page = action.map(AuditRow.selectPage(of:)) ?? AuditRow.selectPage
            let rows = try await connection.query(page, [.int(id ?? .max), .int(limit)])
            return try rows.map { try AuditEntry($0) }
        }
    }
}
