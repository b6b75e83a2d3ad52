import AccordAdapters
import AccordCore
import FoundationEssentials
import TestSupport
import Testing

/// The versions that are written beside an agreement's row. Each test has a connected org of its own.
@Suite(.tenants, .timeLimit(.minutes(5)))
struct AgreementVersionTests {
    private let other = ConnectedOrgID(UUID())
    private let user = UserID(UUID())
    private let deleter = UserID(UUID())

    private func new(_ name: String) -> NewAgreement {
        NewAgreement(
            connectedOrgID: other, key: ObjectKey(stored: "t/agreements/\(other)/\(name)"), fileName: FileName(name),
            fileSize: name.count, fileSHA: String(repeating: "a", count: 64), createdByID: user)
    }

    /// What a version says beside its times, as a line.
    private func line(_ version: AgreementVersion) -> String {
        let end = version.end.map { "\($0)" } ?? "open"
        let ender = version.endedByID.map { $0 == user ? "user" : $0 == deleter ? "deleter" : "?" } ?? "nobody"
        return "\(version.number) \(version.fileName) \(version.fileSize) \(end) by \(ender)"
    }

    private func withRepository(
        _ body: (PostgreSQLAgreementRepository, Tenant) async throws -> Void
    ) async throws {
        let tenant = try TestTenants.current.first.tenant
        try await withDatabases { databases async throws in
            try await body(PostgreSQLAgreementRepository(databases: databases, maximumChanges: 2), tenant)
        }
    }

    /// Does something in a change as the service does: with an intent before.
    private func change(
        _ repository: PostgreSQLAgreementRepository, _ tenant: Tenant,
        _ body: (any AgreementChange) async throws(AccordError) -> Void
    ) async throws {
        try await repository.change(of: tenant, with: other) { change throws(AccordError) in
            let intent = AgreementIntent(action: .put, agreement: new("intended.pdf"), previous: nil)
            try await change.insert(intent)
            try await change.commit()
            try await body(change)
            try await change.remove(intent.id)
        }
    }

    private func upload(_ name: String, _ repository: PostgreSQLAgreementRepository, _ tenant: Tenant) async throws {
        try await change(repository, tenant) { change throws(AccordError) in
            _ = try await change.upsert(new(name), keeping: nil)
        }
    }

    private func lines(_ repository: PostgreSQLAgreementRepository, _ tenant: Tenant) async throws -> [String] {
        try await repository.versions(of: tenant, with: other, before: nil, limit: 100).map(line)
    }

    @Test func `every upload is a version, and what ends it is told`() async throws {
        try await withRepository { repository, tenant async throws in
            #expect(try await lines(repository, tenant) == [])
            try await upload("a.pdf", repository, tenant)
            #expect(try await lines(repository, tenant) == ["1 a.pdf 5 open by nobody"])
            try await upload("bb.pdf", repository, tenant)
            try await change(repository, tenant) { change throws(AccordError) in
                _ = try await change.delete(by: deleter, keeping: nil)
            }
            try await upload("c.pdf", repository, tenant)

            let versions = try await repository.versions(of: tenant, with: other, before: nil, limit: 100)
            #expect(
                versions.map(line) == [
                    "3 c.pdf 5 open by nobody", "2 bb.pdf 6 deleted by deleter", "1 a.pdf 5 replaced by user",
                ])
            #expect(versions[2].endedAt == versions[1].createdAt)
            #expect(versions[0].createdAt == (try await repository.agreement(of: tenant, with: other))?.createdAt)
            #expect(versions[0].endedAt == nil)
            let page = try await repository.versions(of: tenant, with: other, before: 3, limit: 1)
            #expect(page == [versions[1]])
            #expect(try await repository.versions(of: tenant, with: other, before: 1, limit: 1) == [])
        }
    }

    @Test func `a change that throws leaves the versions as they were`() async throws {
        try await withRepository { repository, tenant async throws in
            try await upload("a.pdf", repository, tenant)
            await #expect(throws: AccordError.storageUnavailable) {
                try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                    _ = try await change.upsert(new("b.pdf"), keeping: nil)
                    throw .storageUnavailable
                }
            }
            #expect(try await lines(repository, tenant) == ["1 a.pdf 5 open by nobody"])
        }
    }

    @Test func `a row that is created is the first version`() async throws {
        try await withRepository { repository, tenant async throws in
            let agreement = Agreement(
                id: AgreementID(UUID()), connectedOrgID: other, key: new("a.pdf").key, fileName: "a.pdf", fileSize: 5,
                fileSHA: new("a.pdf").fileSHA, createdByID: user, createdAt: Date(timeIntervalSince1970: 1_750_000_000))
            for _ in 1...2 {
                _ = try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                    try await change.create(agreement)
                }
            }
            #expect(try await lines(repository, tenant) == ["1 a.pdf 5 open by nobody"])
        }
    }

    /// What the stack before this one does, which knows the rows only: each statement, what is told then, and what after the
    /// next upload.
    @Test(
        arguments: [
            (
                "INSERT INTO connect_pos.agreements VALUES (gen_random_uuid(), ':other', 'k', 'o.pdf', 1, 's', ':user')",
                false, ["1 o.pdf 1 open by nobody"], ["2 new.pdf 7 open by nobody", "1 o.pdf 1 replaced by user"]
            ),
            (
                "UPDATE connect_pos.agreements SET file_name = 'o.pdf' WHERE connected_org_id = ':other'", true,
                ["2 o.pdf 5 open by nobody", "1 a.pdf 5 replaced by nobody"],
                ["3 new.pdf 7 open by nobody", "2 o.pdf 5 replaced by user", "1 a.pdf 5 replaced by nobody"]
            ),
            (
                "DELETE FROM connect_pos.agreements WHERE connected_org_id = ':other'", true,
                ["1 a.pdf 5 deleted by nobody"], ["2 new.pdf 7 open by nobody", "1 a.pdf 5 deleted by nobody"]
            ),
            (
                """
                DELETE FROM connect_pos.agreements WHERE connected_org_id = ':other';
                INSERT INTO connect_pos.agreements VALUES (gen_random_uuid(), ':other', 'k', 'a.pdf', 5, 's', ':user')
                """,
                true, ["2 a.pdf 5 open by nobody", "1 a.pdf 5 replaced by nobody"],
                ["3 new.pdf 7 open by nobody", "2 a.pdf 5 replaced by user", "1 a.pdf 5 replaced by nobody"]
            ),
        ] as [(String, Bool, [String], [String])])
    func `what another program does to the row is noticed`(
        statement: String, isKnown: Bool, then: [String], after: [String]
    ) async throws {
        try await withRepository { repository, tenant async throws in
            if isKnown { try await upload("a.pdf", repository, tenant) }
            let sql = statement.replacing(":other", with: "\(other)").replacing(":user", with: "\(user)")
            try await setScene(sql, in: try TestTenants.current.first.database)
            #expect(try await lines(repository, tenant) == then)
            try await upload("new.pdf", repository, tenant)
            #expect(try await lines(repository, tenant) == after)
        }
    }
}
