import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import S3
import TestSupport
import Testing

/// What becomes of files that are to be kept when a change fails or dies on its way.
@Suite(.enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct KeptVersionRecoveryTests {
    private let old = TestFile.pdf("a.pdf", seed: 1)
    private let new = TestFile.pdf("b.pdf", seed: 2)

    private func kept(_ scene: AgreementScene, _ other: ConnectedOrgID) async throws -> [ObjectKey?] {
        let tenant = scene.viewer.tenant
        return try await scene.repository.versions(of: tenant, with: other, before: nil, limit: 100).map(\.keptKey)
    }

    /// The process died after it had made the copy: with the file stored the version keeps it, else it goes.
    @Test(.tenants, arguments: ["a.pdf", "b.pdf"], [true, false])
    func `a replacement that died`(name: String, isStored: Bool) async throws {
        try await withScene(watchTime: .milliseconds(1), keptVersions: 2) { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let new = TestFile.pdf(name, seed: 2)
            let copy = try await scene.leave(.put, new, to: other, over: row)
            try await scene.put(old, at: copy)
            if isStored { try await scene.put(new, at: scene.key(name, other)) }

            for _ in 1...3 {
                _ = try await scene.recovery.recover(scene.viewer.tenant)
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(try await scene.intents(other) == [])
            #expect(try await scene.object(key: copy) == (isStored ? old.bytes : nil))
            #expect(try await kept(scene, other) == (isStored ? [nil, ObjectKey(stored: copy)] : [nil]))
            #expect(try await scene.object(isStored ? name : "a.pdf", other) == (isStored ? new : old).bytes)
        }
    }

    @Test(.tenants) func `a deletion that died`() async throws {
        try await withScene(keptVersions: 2) { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let copy = try await scene.leave(.delete, old, to: other, over: row)
            try await scene.put(old, at: copy)
            try await AgreementScene.bucket.deleteObject(key: row.key.description)
            #expect(try await scene.recovery.recover(scene.viewer.tenant).forward == 1)
            #expect(try await kept(scene, other) == [ObjectKey(stored: copy)])
            #expect(try await scene.object(key: copy) == old.bytes)
        }
    }

    @Test(.tenants) func `a change that fails keeps nothing`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage, keptVersions: 2) { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            storage.fail(.put)
            await #expect(throws: AccordError.storageUnavailable) { try await scene.upload(new, to: other) }
            storage.fail(.copy)
            await #expect(throws: AccordError.storageUnavailable) { try await scene.upload(new, to: other) }
            storage.fail()
            #expect(try await scene.row(other) == row)
            #expect(try await kept(scene, other) == [nil])
        }
    }

    @Test(.tenants, arguments: [FaultyStorage.Fault.refused, .answerLost])
    func `a restoration that fails leaves the agreement`(fault: FaultyStorage.Fault) async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage, keptVersions: 2) { scene async throws in
            let other = try await scene.connect()
            _ = try await scene.upload(old, to: other)
            try await scene.delete(other)
            storage.fail(.copy, by: fault)
            await #expect(throws: AccordError.storageUnavailable) { try await scene.restore(1, of: other) }
            storage.fail()
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("a.pdf", other) == nil)
            #expect(try await scene.restore(1, of: other).fileName == "a.pdf")
            #expect(try await scene.object("a.pdf", other) == old.bytes)
        }
    }

    @Test(.tenants) func `what can't be removed now is removed later`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage, keptVersions: 1) { scene async throws in
            let other = try await scene.connect()
            for name in ["1.pdf", "2.pdf"] { _ = try await scene.upload(.pdf(name), to: other) }
            let first = try #require(try await kept(scene, other).last.flatMap(\.self))
            storage.fail(.delete)
            _ = try await scene.upload(.pdf("3.pdf"), to: other)
            #expect(try await kept(scene, other).count { $0 != nil } == 2)
            #expect(scene.leftovers.intents.count == 1)
            storage.fail()
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await kept(scene, other).count { $0 != nil } == 1)
            #expect(try await scene.object(key: first.description) == nil)
        }
    }
}

extension AgreementScene {
    fileprivate func restore(_ version: Int, of other: ConnectedOrgID) async throws(AccordError) -> Agreement {
        try await service.restore(version: version, connectedOrgID: other.description, viewer: viewer)
    }
}
