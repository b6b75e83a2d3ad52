import AccordAdapters
import AccordCore
import AccordDevelopment
import FoundationEssentials
import S3
import TestSupport
import Testing

/// What recovery makes of a change that died: forward when its file is there, back when it is not.
@Suite(.enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct AgreementRecoveryTests {
    private let old = TestFile.pdf("same.pdf", seed: 1)

    private func new(_ name: String) -> TestFile { .pdf(name, seed: 2) }

    @Test(.tenants, arguments: ["same.pdf", "other.pdf"], [true, false])
    func `a replacement`(name: String, isStored: Bool) async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let backup = try await scene.leave(.put, new(name), to: other, over: row)
            if name == "same.pdf" { try await scene.put(old, at: backup) }
            if isStored { try await scene.put(new(name), at: scene.key(name, other)) }

            let report = try await scene.recovery.recover(scene.viewer.tenant)
            #expect([report.forward, report.back] == (isStored ? [1, 0] : [0, 1]))
            let expected = isStored ? new(name) : old
            let found = try await scene.row(other)
            #expect(found?.id == row.id)
            #expect(found?.fileName == expected.suggestedName)
            #expect(found?.fileSHA == StoredFile(bytes: expected.bytes).sha256)
            #expect(try await scene.object(expected.suggestedName, other) == expected.bytes)
            if name != "same.pdf" {
                #expect(try await scene.object(isStored ? "same.pdf" : name, other) == nil)
            }
        }
    }

    @Test(.tenants, arguments: [true, false]) func `a first upload`(isStored: Bool) async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            _ = try await scene.leave(.put, new("a.pdf"), to: other, over: nil)
            if isStored { try await scene.put(new("a.pdf"), at: scene.key("a.pdf", other)) }
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await scene.row(other)?.fileName == (isStored ? "a.pdf" : nil))
            #expect(try await scene.object("a.pdf", other) == (isStored ? new("").bytes : nil))
        }
    }

    @Test(.tenants, arguments: [true, false]) func `a deletion`(isGone: Bool) async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let backup = try await scene.leave(.delete, old, to: other, over: row)
            try await scene.put(old, at: backup)
            if isGone { try await AgreementScene.bucket.deleteObject(key: row.key.description) }
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await scene.row(other) == (isGone ? nil : row))
            #expect(try await scene.object("same.pdf", other) == (isGone ? nil : old.bytes))
        }
    }

    @Test(.tenants) func `a file stored without its SHA-256 is told by its bytes`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let stored = StoredFile(bytes: new("a.pdf").bytes)
            _ = try await scene.leave(.put, new("a.pdf"), to: other, over: nil)
            try await AgreementScene.bucket.putObject(
                key: scene.key("a.pdf", other), chunks: stored.chunks, length: stored.size, sha256: stored.sha256,
                contentType: "application/pdf")
            #expect(try await scene.recovery.recover(scene.viewer.tenant).forward == 1)
        }
    }

    /// What was sent before the crash arrives after recovery has looked.
    @Test(.tenants, arguments: [0, 1, 2]) func `what lands late is taken back`(later uploads: Int) async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let backup = try await scene.leave(.put, new("same.pdf"), to: other, over: row)
            try await scene.put(old, at: backup)
            #expect(try await scene.recovery.recover(scene.viewer.tenant).back == 1)
            var last = old
            for upload in 0..<uploads {
                last = .pdf("same.pdf", seed: UInt8(3 + upload))
                _ = try await scene.upload(last, to: other)
            }

            try await scene.put(new("same.pdf"), at: row.key.description)
            let report = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(report.checked == 1)
            #expect(report.lost == [])
            #expect(try await scene.row(other)?.fileSHA == StoredFile(bytes: last.bytes).sha256)
            #expect(try await scene.object("same.pdf", other) == last.bytes)
        }
    }

    /// The first attempt of an upload that succeeded arrives after a newer one.
    @Test(.tenants) func `what was sent twice, and lands again over a newer file, is taken back`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            storage.fail(.put, by: .sentTwice)
            _ = try await scene.upload(old, to: other)
            #expect(try await scene.intents(other).map(\.state) == [.done])
            storage.fail()
            let row = try await scene.upload(new("same.pdf"), to: other)
            try await scene.put(old, at: row.key.description)
            #expect(try await scene.recovery.recover(scene.viewer.tenant).lost == [])
            #expect(try await scene.object("same.pdf", other) == new("").bytes)
        }
    }

    /// A copy that may be made again later would be one of the new file by then.
    @Test(.tenants) func `without a certain copy nothing is overwritten`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            storage.fail(.copy, by: .sentTwice)
            await #expect(throws: AccordError.storageUnavailable) {
                try await scene.upload(new("same.pdf"), to: other)
            }
            #expect(storage.count(.put) == 1)
            #expect(try await scene.row(other) == row)
            storage.fail()
            #expect(try await scene.upload(new("same.pdf"), to: other).id == row.id)
        }
    }

    @Test(.tenants) func `a file that can't be had does not hold up the others`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            for _ in 0..<6 { _ = try await scene.leave(.put, new("a.pdf"), to: try await scene.connect(), over: nil) }
            storage.fail(.head)
            #expect(try await scene.recovery.recover(scene.viewer.tenant).failures.count == 6)
        }
    }

    @Test(.tenants) func `when nothing can come any more, nothing is left`() async throws {
        try await withScene(watchTime: .milliseconds(1)) { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let backup = try await scene.leave(.put, new("same.pdf"), to: other, over: row)
            try await scene.put(old, at: backup)
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await scene.object(key: backup) == old.bytes)
            try await Task.sleep(for: .milliseconds(5))
            _ = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(try await scene.object(key: backup) == nil)
            #expect(try await scene.intents(other) == [])
            #expect(try await scene.recovery.recover(scene.viewer.tenant) == AgreementRecovery.Report())
        }
    }

    @Test(.tenants) func `a change that a request is at work on is left alone`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            try await scene.repository.change(of: scene.viewer.tenant, with: other) { change throws(AccordError) in
                let file = new("a.pdf")
                let name = FileName(file.suggestedName)
                try await change.insert(
                    AgreementIntent(
                        action: .put,
                        agreement: NewAgreement(
                            connectedOrgID: other,
                            key: ObjectKey(tenant: scene.viewer.tenant, connectedOrgID: other, fileName: name),
                            fileName: name, fileSize: 1, fileSHA: "", createdByID: scene.viewer.userID),
                        previous: nil))
                try await change.commit()
                let report = try await scene.recovery.recover(scene.viewer.tenant)
                #expect(report == AgreementRecovery.Report())
                #expect(try await change.intents().map(\.state) == [.open])
            }
        }
    }

    @Test(.tenants) func `a new change settles what an earlier one has left`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let row = try await scene.upload(old, to: other)
            let backup = try await scene.leave(.put, new("other.pdf"), to: other, over: row)
            try await scene.put(new("other.pdf"), at: scene.key("other.pdf", other))
            #expect(!backup.isEmpty)
            try await scene.delete(other)
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("other.pdf", other) == nil)
            #expect(try await scene.object("same.pdf", other) == nil)
        }
    }

    @Test(.tenants) func `a storage that is down leaves all as it is`() async throws {
        let storage = try await FaultyStorage()
        try await withScene(storage: storage) { scene async throws in
            let other = try await scene.connect()
            _ = try await scene.leave(.put, new("a.pdf"), to: other, over: nil)
            try await scene.put(new("a.pdf"), at: scene.key("a.pdf", other))
            storage.fail(.head, .delete, .copy)
            let report = try await scene.recovery.recover(scene.viewer.tenant)
            #expect(report.failures == [.storageUnavailable])
            #expect(try await scene.intents(other).map(\.state) == [.open])
            storage.fail()
            #expect(try await scene.recovery.recover(scene.viewer.tenant).forward == 1)
        }
    }
}
