import AccordAdapters
import AccordCore
import FoundationEssentials
import TestSupport
import Testing

/// Each test has a connected org of its own, so that all can share the two tenants' databases.
@Suite(.tenants, .timeLimit(.minutes(5)))
struct AgreementRepositoryTests {
    private let other = ConnectedOrgID(UUID())
    private let user = UserID(UUID())

    private func new(_ name: String, of tenant: Tenant, size: Int = 1_234) -> NewAgreement {
        NewAgreement(
            connectedOrgID: other, key: ObjectKey(tenant: tenant, connectedOrgID: other, fileName: FileName(name)),
            fileName: FileName(name), fileSize: size, fileSHA: String(repeating: "a", count: 64), createdByID: user)
    }

    private func whole(_ name: String, of tenant: Tenant) -> Agreement {
        Agreement(
            id: AgreementID(UUID()), connectedOrgID: other,
            key: ObjectKey(tenant: tenant, connectedOrgID: other, fileName: FileName(name)), fileName: name,
            fileSize: 1, fileSHA: String(repeating: "b", count: 64), createdByID: user,
            createdAt: Date(timeIntervalSince1970: 1_750_000_000.123456))
    }

    private func withRepository<Result>(
        maximumChanges: Int = 2, _ body: (PostgreSQLAgreementRepository, Tenant) async throws -> Result
    ) async throws -> Result {
        let tenant = try TestTenants.current.first.tenant
        return try await withDatabases { databases async throws in
            try await body(PostgreSQLAgreementRepository(databases: databases, maximumChanges: maximumChanges), tenant)
        }
    }

    // MARK: - The seven

    @Test func `create succeeds`() async throws {
        try await withRepository { repository, tenant async throws in
            let agreement = whole("a.pdf", of: tenant)
            let isCreated = try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                try await change.create(agreement)
            }
            #expect(isCreated)
            #expect(try await repository.agreement(of: tenant, with: other) == agreement)
        }
    }

    @Test func `found by connected org`() async throws {
        try await withRepository { repository, tenant async throws in
            let written = try await repository.upsert(new("a.pdf", of: tenant), of: tenant)
            #expect(try await repository.agreement(of: tenant, with: other) == written)
            let found = try await repository.agreements(of: tenant, with: [ConnectedOrgID(UUID()), other])
            #expect(found == [other: written])
        }
    }

    @Test func `not found gives nil`() async throws {
        try await withRepository { repository, tenant async throws in
            #expect(try await repository.agreement(of: tenant, with: other) == nil)
            #expect(try await repository.agreements(of: tenant, with: [other]) == [:])
            #expect(try await repository.agreements(of: tenant, with: []) == [:])
        }
    }

    @Test func `upsert creates`() async throws {
        try await withRepository { repository, tenant async throws in
            let before = Date()
            let written = try await repository.upsert(new("Vertrag ü 📄.pdf", of: tenant), of: tenant)
            #expect(
                written
                    == Agreement(
                        id: written.id, connectedOrgID: other,
                        key: ObjectKey(stored: "\(tenant.url)/agreements/\(other)/Vertrag ü 📄.pdf"),
                        fileName: "Vertrag ü 📄.pdf", fileSize: 1_234, fileSHA: String(repeating: "a", count: 64),
                        createdByID: user, createdAt: written.createdAt))
            #expect(abs(written.createdAt.timeIntervalSince(before)) < 10)
        }
    }

    @Test func `upsert updates`() async throws {
        try await withRepository { repository, tenant async throws in
            let first = whole("first.pdf", of: tenant)
            _ = try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                try await change.create(first)
            }
            let second = try await repository.upsert(new("second.pdf", of: tenant, size: 2), of: tenant)
            #expect(second.id == first.id)
            #expect(second.createdAt > first.createdAt)
            #expect(second.fileName == "second.pdf")
            #expect(second.fileSize == 2)
            #expect(second.key == new("second.pdf", of: tenant).key)
            #expect(try await repository.agreement(of: tenant, with: other) == second)
        }
    }

    @Test func `delete existing`() async throws {
        try await withRepository { repository, tenant async throws in
            let written = try await repository.upsert(new("a.pdf", of: tenant), of: tenant)
            let deleted = try await repository.delete(of: tenant, with: other)
            #expect(deleted == written)
            #expect(try await repository.agreement(of: tenant, with: other) == nil)
        }
    }

    @Test func `delete non-existent gives false`() async throws {
        try await withRepository { repository, tenant async throws in
            let isDeleted = try await repository.delete(of: tenant, with: other) != nil
            #expect(!isDeleted)
        }
    }

    // MARK: - Beyond

    @Test func `create leaves an agreement that is there alone`() async throws {
        try await withRepository { repository, tenant async throws in
            let written = try await repository.upsert(new("a.pdf", of: tenant), of: tenant)
            let isCreated = try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                try await change.create(whole("b.pdf", of: tenant))
            }
            #expect(!isCreated)
            #expect(try await repository.agreement(of: tenant, with: other) == written)
        }
    }

    @Test func `one tenant's agreement is not another's`() async throws {
        let (first, second) = (try TestTenants.current.first.tenant, try TestTenants.current.second.tenant)
        try await withRepository { repository, _ async throws in
            let written = try await repository.upsert(new("same.pdf", of: first), of: first)
            #expect(try await repository.agreement(of: second, with: other) == nil)
            #expect(try await repository.delete(of: second, with: other) == nil)
            let others = try await repository.upsert(new("same.pdf", of: second), of: second)
            #expect(others.key != written.key)
            #expect(try await repository.agreement(of: first, with: other) == written)
        }
    }

    @Test func `a change that throws changes nothing`() async throws {
        try await withRepository { repository, tenant async throws in
            let written = try await repository.upsert(new("a.pdf", of: tenant), of: tenant)
            await #expect(throws: AccordError.storageUnavailable) {
                try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                    _ = try await change.upsert(new("b.pdf", of: tenant), keeping: nil)
                    throw .storageUnavailable
                }
            }
            #expect(try await repository.agreement(of: tenant, with: other) == written)
        }
    }

    @Test func `changes of one agreement come one after the other`() async throws {
        try await withRepository(maximumChanges: 4) { repository, tenant async throws in
            // Each reads the size and writes the next: with an overlap, one increment would be lost.
            try await withThrowingTaskGroup { group in
                for _ in 1...20 {
                    group.addTask {
                        try await repository.change(of: tenant, with: other) { change throws(AccordError) in
                            let size = try await change.current()?.fileSize ?? 0
                            _ = try await change.upsert(new("a.pdf", of: tenant, size: size + 1), keeping: nil)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await repository.agreement(of: tenant, with: other)?.fileSize == 20)
        }
    }

    @Test func `a database that is not there is unavailable`() async throws {
        let tenant = try TestTenants.current.first.tenant
        let elsewhere = Tenant(
            id: tenant.id, organization: tenant.organization, url: tenant.url, name: tenant.name,
            database: TenantDatabaseReference(connectionURL: "postgresql://accord_app@127.0.0.1:1/none"))
        let nowhere = Tenant(
            id: tenant.id, organization: tenant.organization, url: tenant.url, name: tenant.name,
            database: TenantDatabaseReference(connectionURL: "mysql://localhost/none"))
        try await withRepository { repository, _ async throws in
            for tenant in [elsewhere, nowhere] {
                await #expect(throws: AccordError.databaseUnavailable) {
                    try await repository.agreement(of: tenant, with: other)
                }
            }
        }
    }

    @Test func `a size that the column can't hold is refused`() async throws {
        try await withRepository { repository, tenant async throws in
            await #expect(throws: AccordError.internalError) {
                try await repository.upsert(new("a.pdf", of: tenant, size: Int(Int32.max) + 1), of: tenant)
            }
            let written = try await repository.upsert(new("a.pdf", of: tenant, size: Int(Int32.max)), of: tenant)
            #expect(written.fileSize == Int(Int32.max))
        }
    }

    @Test func `the longest key and file name fit their columns`() async throws {
        try await withRepository { repository, tenant async throws in
            let long = Tenant(
                id: tenant.id, organization: tenant.organization,
                url: String(repeating: "t", count: Tenant.maximumURLLength), name: tenant.name,
                database: tenant.database)
            let written = try await repository.upsert(
                new(String(repeating: "ü", count: 300) + ".pdf", of: long), of: long)
            #expect(written.fileName.unicodeScalars.count == 255)
            #expect(written.key.description.unicodeScalars.count == 500)
        }
    }
}

extension AgreementRepository {
    fileprivate func upsert(_ agreement: NewAgreement, of tenant: Tenant) async throws(AccordError) -> Agreement {
        try await change(of: tenant, with: agreement.connectedOrgID) { change throws(AccordError) in
            try await change.upsert(agreement, keeping: nil)
        }
    }

    fileprivate func delete(of tenant: Tenant, with other: ConnectedOrgID) async throws(AccordError) -> Agreement? {
        try await change(of: tenant, with: other) { change throws(AccordError) in
            try await change.delete(by: UserID(UUID()), keeping: nil)
        }
    }
}
