import AccordCore
import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

/// The audit log as the database keeps it: who may do what with it, and what is found when somebody did more.
@Suite(.serialized, .tenants, .timeLimit(.minutes(5)))
struct AuditLogTests {
    private static let (user, other) = (UserID(UUID()), ConnectedOrgID(UUID()))
    private static let agreements = (1...3).map { _ in AgreementID(UUID()) }

    /// Six entries, with and without each of the columns that may be null.
    private static let events: [AuditEvent] = {
        let known = Initiator(
            userID: user, role: .superAdmin, request: RequestOrigin(id: "request,1:", ipAddress: "192.0.2.7"))
        let unknown = Initiator(userID: nil, role: nil, request: RequestOrigin())
        let file = AuditDetails(
            fileName: "Vertrag \"ü\" 📄.pdf", fileSize: 4_096, fileSha: String(repeating: "a", count: 64))
        return [
            AuditEvent(.upload, by: known, connectedOrgID: other, agreementIDs: [agreements[0]], details: file),
            AuditEvent(.urlIssued, by: known, agreementIDs: agreements),
            AuditEvent(.refused, by: unknown, details: AuditDetails(errorCode: "FORBIDDEN", subject: "user_x")),
            AuditEvent(
                .download,
                by: Initiator(
                    userID: user, role: .viewer, request: RequestOrigin(id: "2", ipAddress: "2001:db8::1")),
                connectedOrgID: other, agreementIDs: [agreements[1]], details: file),
            AuditEvent(.delete, by: known, connectedOrgID: other, agreementIDs: [agreements[0]], details: file),
            AuditEvent(.refused, by: known, connectedOrgID: other, details: AuditDetails(errorCode: "FILE_TOO_LARGE")),
        ]
    }()

    /// Lends the log of a tenant that has nothing else, in a database of its own.
    private func withLog(
        maximumConnections: Int = 4,
        _ body: (PostgreSQLAuditLog, AuditVerification, Tenant, TestDatabase) async throws -> Void
    ) async throws {
        let database = try await TestDatabase.copy(of: TestTenants.current.second.database.name)
        let tenant = Tenant(
            id: TenantID(UUID()), organization: TokenOrganization("org_audited"), url: "audited", name: "Audited",
            database: TenantDatabaseReference(connectionURL: database.url))
        try await withDatabases(maximumConnections: maximumConnections) { databases async throws in
            try await body(
                PostgreSQLAuditLog(databases: databases), AuditVerification(databases: databases, pageSize: 2),
                tenant, database)
        }
        try await database.drop()
    }

    // MARK: - Writing

    @Test func `what can wait is appended before the connection makes room, batch by batch`() async throws {
        try await withLog(maximumConnections: 1) { log, _, tenant, _ async throws in
            func batches() -> () -> [AuditEvent] {
                var batches = [Array(Self.events.prefix(2)), Array(Self.events[2..<5])]
                return { batches.isEmpty ? [] : batches.removeFirst() }
            }
            // Without a connection that is open, nobody is asked for events.
            try await log.append(of: tenant, within: .milliseconds(1)) {
                Issue.record("There is nothing to append them with.")
                return []
            }
            #expect(try await log.entries(of: tenant, before: nil, action: nil, limit: 10) == [])
            // An immediate task runs until it waits.
            let waiting = Task.immediate { try await log.append(of: tenant, within: .seconds(3_600), batches()) }
            let other = Tenant(
                id: TenantID(UUID()), organization: TokenOrganization("org_other"), url: "other", name: "Other",
                database: TenantDatabaseReference(connectionURL: try TestTenants.current.second.database.url))
            _ = try await log.entries(of: other, before: nil, action: nil, limit: 1)
            try await waiting.value
            #expect(
                try await log.entries(of: tenant, before: nil, action: nil, limit: 10).map(\.action)
                    == Self.events.prefix(5).reversed().map(\.action))
        }
    }

    // MARK: - Reading

    @Test func `entries come back as they were appended, newest first, in pages`() async throws {
        try await withLog { log, _, tenant, _ async throws in
            let before = Date()
            try await log.append(Array(Self.events.prefix(2)), of: tenant)
            try await log.append(Array(Self.events.dropFirst(2)), of: tenant)
            let all = try await log.entries(of: tenant, before: nil, action: nil, limit: 10)
            let expected = Self.events.enumerated().reversed().map { index, event in
                AuditEntry(
                    id: index + 1, recordedAt: all[5 - index].recordedAt, action: event.action,
                    userID: event.initiator.userID, role: event.initiator.role?.claim,
                    requestID: event.initiator.request.id, ipAddress: event.initiator.request.ipAddress,
                    connectedOrgID: event.connectedOrgID, agreementIDs: event.agreementIDs, details: event.details)
            }
            #expect(all == expected)
            #expect(all.allSatisfy { abs($0.recordedAt.timeIntervalSince(before)) < 60 })
            let page = try await log.entries(of: tenant, before: 5, action: nil, limit: 2)
            #expect(page == Array(all[2...3]))
            let refused = try await log.entries(of: tenant, before: 6, action: .refused, limit: 10)
            #expect(refused.map(\.id) == [3])
            #expect(try await log.entries(of: tenant, before: 1, action: nil, limit: 10) == [])
        }
    }

    @Test func `an export has a line of JSON for each entry`() async throws {
        try await withLog { log, _, tenant, _ async throws in
            try await log.append(Self.events, of: tenant)
            var lines: [String] = []
            try await withDatabases { databases async throws in
                try await AuditExport(databases: databases, pageSize: 2).export(tenant, after: 1) { lines.append($0) }
            }
            struct Line: Decodable {
                let tenant: String
                let id: Int
                let recordedAt: String
                let action: String
                let ipAddress: String?
                let agreementIds: [String]
                let details: AuditDetails
                let previousHash: String
                let hash: String
            }
            let read = try lines.map { try JSONDecoder().decode(Line.self, from: Data($0.utf8)) }
            #expect(read.map(\.id) == [2, 3, 4, 5, 6])
            #expect(read.map(\.action) == Self.events.dropFirst().map(\.action.name))
            #expect(read.map(\.details) == Self.events.dropFirst().map(\.details))
            #expect(read.map(\.ipAddress) == Self.events.dropFirst().map(\.initiator.request.ipAddress))
            #expect(read[0].agreementIds == Self.agreements.map(\.description))
            #expect(read.allSatisfy { $0.tenant == tenant.url && $0.recordedAt.hasSuffix("Z") })
            #expect(zip(read, read.dropFirst()).allSatisfy { $0.hash == $1.previousHash })
        }
    }

    // MARK: - Who may do what

    @Test(
        arguments: [
            "UPDATE connect_pos.audit_entries SET action = 'delete'", "DELETE FROM connect_pos.audit_entries",
            "TRUNCATE connect_pos.audit_entries",
            "INSERT INTO connect_pos.audit_entries (id, action) VALUES (9, 'delete')",
            "INSERT INTO connect_pos.audit_entries (action, recorded_at) VALUES ('delete', now())",
            "INSERT INTO connect_pos.audit_entries (action, previous_hash) VALUES ('delete', '')",
            "INSERT INTO connect_pos.audit_entries (action, hash) VALUES ('delete', '')",
            "INSERT INTO connect_pos.audit_heads (last_id, last_hash) VALUES (0, '')",
            "UPDATE connect_pos.audit_heads SET last_id = 0", "DELETE FROM connect_pos.audit_heads",
            "SELECT * FROM connect_pos.audit_heads FOR UPDATE", "TRUNCATE connect_pos.audit_heads",
            "ALTER TABLE connect_pos.audit_entries DISABLE TRIGGER ALL",
            "DROP TRIGGER moved ON connect_pos.audit_entries", "DROP FUNCTION connect_pos.chain_audit_entry CASCADE",
            "SELECT connect_pos.chain_audit_entry()",
            "CREATE OR REPLACE FUNCTION connect_pos.more() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        ])
    func `the application's role appends and reads, and nothing else`(_ statement: String) async throws {
        try await withLog { log, verification, tenant, database async throws in
            try await log.append(Self.events, of: tenant)
            try await withPool(maximumConnections: 1) { pool async throws in
                try await pool.withConnection(to: PostgreSQLEndpoint(url: database.url)) { connection in
                    do {
                        try await connection.executeScript(statement)
                        Issue.record("\(statement) was not refused")
                    } catch PostgreSQLError.server(let error) {
                        #expect(error.sqlState == .insufficientPrivilege)
                    }
                }
            }
            let report = try await verification.verify(tenant)
            #expect(report.head.id == 6)
            #expect(report.fault == nil)
        }
    }

    @Test func `many who append at the same time make one chain`() async throws {
        try await withLog { log, verification, tenant, _ async throws in
            try await withThrowingTaskGroup { group in
                for _ in 1...8 {
                    group.addTask {
                        for _ in 1...10 { try await log.append(Array(Self.events.prefix(3)), of: tenant) }
                    }
                }
                try await group.waitForAll()
            }
            let report = try await verification.verify(tenant)
            #expect(report.head.id == 240)
            #expect(report.fault == nil)
        }
    }

    // MARK: - What is found

    private static let pastTrigger = "ALTER TABLE connect_pos.audit_entries DISABLE TRIGGER USER;"
    private static let columns = """
        action, user_id, role, request_id, ip_address, connected_org_id, agreement_ids, details, recorded_at,
        previous_hash, hash
        """

    private static func update(_ change: String, of id: Int = 3) -> String {
        "UPDATE connect_pos.audit_entries SET \(change) WHERE id = \(id)"
    }

    private static let tamperings: [(sql: String, fault: AuditVerification.Fault)] = [
        (update("action = 'delete'"), .changed(3)),
        (update("recorded_at = recorded_at + interval '1 microsecond'"), .changed(3)),
        (update("recorded_at = 'infinity'"), .changed(3)),
        (update("recorded_at = recorded_at - interval '4000 years'"), .changed(3)),
        (update("user_id = gen_random_uuid()"), .changed(3)),
        (update("user_id = NULL", of: 1), .changed(1)),
        (update("role = ''"), .changed(3)),
        (update("role = '-'"), .changed(3)),
        (update("role = 'admin'", of: 6), .changed(6)),
        (update("request_id = 'request,2:'", of: 2), .changed(2)),
        // What one column ends with, the next begins with.
        (update("role = 'super_admi', request_id = 'nrequest,1:'", of: 2), .changed(2)),
        (update("ip_address = '192.0.2.8'", of: 2), .changed(2)),
        (update("ip_address = set_masklen(ip_address, 24)", of: 2), .changed(2)),
        (update("connected_org_id = gen_random_uuid()"), .changed(3)),
        (update("agreement_ids = agreement_ids[2:]", of: 2), .changed(2)),
        (update("agreement_ids = agreement_ids || NULL::uuid", of: 2), .changed(2)),
        (update("agreement_ids = ARRAY[agreement_ids[2], agreement_ids[1], agreement_ids[3]]", of: 2), .changed(2)),
        (update(#"details = details || '{"fileSize": 4097}'"#, of: 4), .changed(4)),
        (update("details = '{}'", of: 6), .changed(6)),
        (update("hash = sha256(hash)"), .changed(3)),
        (update("previous_hash = sha256(previous_hash)"), .unchained(3)),
        // With a hash that fits, the next entry doesn't.
        (
            """
            CREATE TEMPORARY TABLE rest AS SELECT * FROM connect_pos.audit_entries WHERE id > 3;
            WITH gone AS (DELETE FROM connect_pos.audit_entries WHERE id > 2 RETURNING id, previous_hash)
            UPDATE connect_pos.audit_heads SET last_id = 2,
                last_hash = (SELECT previous_hash FROM gone WHERE id = 3);
            INSERT INTO connect_pos.audit_entries (action) VALUES ('delete');
            \(pastTrigger)
            INSERT INTO connect_pos.audit_entries SELECT * FROM rest;
            UPDATE connect_pos.audit_heads SET last_id = 6, last_hash = (SELECT hash FROM rest WHERE id = 6)
            """, .unchained(4)
        ),
        ("DELETE FROM connect_pos.audit_entries WHERE id = 1", .missing(1)),
        ("DELETE FROM connect_pos.audit_entries WHERE id = 4", .missing(4)),
        ("DELETE FROM connect_pos.audit_entries WHERE id IN (3, 4)", .missing(3)),
        ("DELETE FROM connect_pos.audit_entries WHERE id = 6", .cutOff(after: 5)),
        ("DELETE FROM connect_pos.audit_entries", .cutOff(after: 0)),
        (
            """
            DELETE FROM connect_pos.audit_entries WHERE id = 4;
            UPDATE connect_pos.audit_entries SET id = id - 1 WHERE id > 4
            """, .unchained(4)
        ),
        (
            """
            \(pastTrigger)
            INSERT INTO connect_pos.audit_entries (id, \(columns))
                SELECT 7, \(columns) FROM connect_pos.audit_entries WHERE id = 6
            """, .unchained(7)
        ),
        (
            """
            INSERT INTO connect_pos.audit_entries (action) VALUES ('delete');
            UPDATE connect_pos.audit_heads SET last_id = 6,
                last_hash = (SELECT hash FROM connect_pos.audit_entries WHERE id = 6)
            """, .wrongEnd
        ),
        (
            """
            \(pastTrigger)
            INSERT INTO connect_pos.audit_entries (id, \(columns))
                SELECT 0, \(columns) FROM connect_pos.audit_entries WHERE id = 6
            """, .inserted(1)
        ),
        (
            """
            \(pastTrigger)
            ALTER TABLE connect_pos.audit_entries DROP CONSTRAINT audit_entries_pkey;
            INSERT INTO connect_pos.audit_entries (id, \(columns))
                SELECT id, \(columns) FROM connect_pos.audit_entries WHERE id IN (1, 2)
            """, .inserted(1)
        ),
        (
            """
            \(pastTrigger)
            ALTER TABLE connect_pos.audit_entries DROP CONSTRAINT audit_entries_pkey;
            INSERT INTO connect_pos.audit_entries (id, \(columns))
                SELECT id, \(columns) FROM connect_pos.audit_entries WHERE id = 2
            """, .inserted(1)
        ),
        ("UPDATE connect_pos.audit_heads SET last_id = 5", .wrongEnd),
        ("UPDATE connect_pos.audit_heads SET last_id = 7", .cutOff(after: 6)),
        ("UPDATE connect_pos.audit_heads SET last_hash = sha256(last_hash)", .wrongEnd),
        ("DELETE FROM connect_pos.audit_heads", .wrongEnd),
    ]

    @Test(arguments: tamperings)
    func `whatever was changed, removed or inserted is found`(
        _ tampering: (sql: String, fault: AuditVerification.Fault)
    ) async throws {
        try await withLog { log, verification, tenant, database async throws in
            try await log.append(Self.events, of: tenant)
            #expect(try await verification.verify(tenant).fault == nil)
            try await setScene(tampering.sql, in: database)
            #expect(try await verification.verify(tenant).fault == tampering.fault)
        }
    }

    @Test func `a whole new log lacks the entry that was expected`() async throws {
        try await withLog { log, verification, tenant, database async throws in
            try await log.append(Self.events, of: tenant)
            let head = try await verification.verify(tenant).head
            #expect(AuditVerification.Head(head.description) == head)
            try await log.append(Self.events, of: tenant)
            #expect(try await verification.verify(tenant, expected: head).fault == nil)
            try await setScene(
                """
                DELETE FROM connect_pos.audit_entries;
                UPDATE connect_pos.audit_heads SET last_id = 0, last_hash = decode(repeat('00', 32), 'hex')
                """, in: database)
            #expect(try await verification.verify(tenant).fault == nil)
            #expect(try await verification.verify(tenant, expected: head).fault == .cutOff(after: 0))
            try await log.append(Self.events, of: tenant)
            #expect(try await verification.verify(tenant).fault == nil)
            #expect(try await verification.verify(tenant, expected: head).fault == .unexpected(6))
        }
    }

    @Test(arguments: [
        "", "1", "1:", "1:ab", "x:" + String(repeating: "a", count: 64), "1:" + String(repeating: "g", count: 64),
    ])
    func `what is no place and no hash is not read`(_ text: String) {
        #expect(AuditVerification.Head(text) == nil)
    }

    @Test func `a tenant without the migration is told apart`() async throws {
        try await withLog { log, verification, tenant, database async throws in
            try await setScene("DROP TABLE connect_pos.audit_entries", in: database)
            await #expect(throws: AccordError.databaseBehind) { try await log.append(Self.events, of: tenant) }
            await #expect(throws: AccordError.databaseBehind) { try await verification.verify(tenant) }
        }
    }
}
