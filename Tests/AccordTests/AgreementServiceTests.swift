import AccordAdapters
import AccordCore
import AccordDevelopment
import Crypto
import Curl
import FoundationEssentials
import S3
import TestSupport
import Testing

@Suite(.tenants, .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct AgreementServiceTests {
    // MARK: - The nine

    @Test func `upload creates`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let file = TestFile.pdf("agreement.pdf")
            let agreement = try await scene.upload(file, to: other)
            #expect(
                agreement
                    == Agreement(
                        id: agreement.id, connectedOrgID: other,
                        key: ObjectKey(stored: "\(scene.viewer.tenant.url)/agreements/\(other)/agreement.pdf"),
                        fileName: "agreement.pdf", fileSize: 2_000, fileSHA: StoredFile(bytes: file.bytes).sha256,
                        createdByID: scene.viewer.userID, createdAt: agreement.createdAt))
            #expect(try await scene.row(other) == agreement)
        }
    }

    @Test func `upload with a different name replaces and removes the old object`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let first = try await scene.upload(.pdf("first.pdf", seed: 1), to: other)
            let second = try await scene.upload(.pdf("second.pdf", seed: 2), to: other)
            #expect(second.id == first.id)
            #expect(second.fileName == "second.pdf")
            #expect(try await scene.row(other) == second)
            #expect(try await scene.object("first.pdf", other) == nil)
            #expect(try await scene.object("second.pdf", other) == TestFile.pdf("", seed: 2).bytes)
            #expect(scene.leftovers.intents == [])
        }
    }

    @Test func `upload stores the file with the right key and bytes`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let file = TestFile.pdf("../Vertrag u\u{308} (1) + 100%.pdf", size: 700_000)
            let agreement = try await scene.upload(file, to: other)
            #expect(agreement.fileName == "Vertrag \u{FC} (1) + 100%.pdf")
            #expect(try await scene.object("Vertrag \u{FC} (1) + 100%.pdf", other) == file.bytes)
        }
    }

    @Test(arguments: ["pending", "rejected", nil])
    func `upload refused unless accepted`(status: String?) async throws {
        try await withScene { scene async throws in
            let other = if let status { try await scene.connect(status) } else { ConnectedOrgID(UUID()) }
            let file = TestFile("agreement.pdf", []) { Issue.record("The file was read.") }
            await #expect(throws: AccordError.connectionNotAccepted) { try await scene.upload(file, to: other) }
            #expect(try await scene.row(other) == nil)
        }
    }

    @Test func `storage unreachable gives STORAGE_UNAVAILABLE`() async throws {
        // Nothing listens on port 1.
        let client = try await AgreementScene.client(endpoint: "http://127.0.0.1:1")
        try await withScene(storage: S3ObjectStorage(client: client, logger: .quiet)) { scene async throws in
            let other = try await scene.connect()
            await #expect(throws: AccordError.storageUnavailable) {
                try await scene.upload(.pdf("agreement.pdf"), to: other)
            }
            #expect(try await scene.row(other) == nil)
        }
    }

    @Test func `storage refuses gives STORAGE_UPLOAD_FAILED`() async throws {
        let client = try await AgreementScene.client(secret: "wrong")
        try await withScene(storage: S3ObjectStorage(client: client, logger: .quiet)) { scene async throws in
            let other = try await scene.connect()
            await #expect(throws: AccordError.storageUploadFailed) {
                try await scene.upload(.pdf("agreement.pdf"), to: other)
            }
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("agreement.pdf", other) == nil)
        }
    }

    @Test func `presigned URL works`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let file = TestFile.pdf("Vertrag ü.pdf")
            let agreement = try await scene.upload(file, to: other)
            let url = try scene.service.downloadURL(of: agreement, expiresIn: nil, at: Date())
            let response = try await AgreementScene.http.perform(CurlRequest(url: url))
            #expect(response.status == 200)
            #expect(response.body == file.bytes)
            #expect(response.header("Content-Type") == "application/pdf")
            #expect(
                response.header("Content-Disposition")
                    == "attachment; filename=\"Vertrag _.pdf\"; filename*=UTF-8''Vertrag%20%C3%BC.pdf")
        }
    }

    @Test func `delete removes object and row`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            _ = try await scene.upload(.pdf("agreement.pdf"), to: other)
            try await scene.delete(other)
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("agreement.pdf", other) == nil)
        }
    }

    @Test func `delete of nothing gives AGREEMENT_NOT_FOUND`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            await #expect(throws: AccordError.agreementNotFound) { try await scene.delete(other) }
            await #expect(throws: AccordError.agreementNotFound) { try await scene.delete(ConnectedOrgID(UUID())) }
        }
    }

    // MARK: - What is refused

    @Test func `a viewer changes nothing`() async throws {
        try await withScene(role: .viewer) { scene async throws in
            let other = try await scene.connect()
            await #expect(throws: AccordError.forbidden) { try await scene.upload(.pdf("a.pdf"), to: other) }
            await #expect(throws: AccordError.forbidden) { try await scene.delete(other) }
            #expect(try await scene.row(other) == nil)
        }
    }

    @Test func `an identifier that is no UUID is refused`() async throws {
        try await withScene { scene async throws in
            let refusal = AccordError.badUserInput("The connectedOrgId is not a UUID.")
            await #expect(throws: refusal) {
                try await scene.service.upload(
                    TestFile.pdf("a.pdf"), connectedOrgID: "org_01", viewer: scene.viewer)
            }
            await #expect(throws: refusal) {
                try await scene.service.delete(connectedOrgID: "", viewer: scene.viewer)
            }
        }
    }

    @Test(arguments: [
        (TestFile("a.pdf", []), AccordError.badUserInput("The file is empty.")),
        (TestFile("a.pdf", Array("\u{89}PNG\r\n\u{1A}\n".utf8)), .unsupportedFileType),
        (.pdf("a.pdf", size: 1_000_001), .fileTooLarge(limit: 1_000_000)),
    ])
    func `a file that is no agreement is refused and leaves nothing`(file: TestFile, refusal: AccordError) async throws
    {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            await #expect(throws: refusal) { try await scene.upload(file, to: other) }
            #expect(try await scene.row(other) == nil)
            #expect(try await scene.object("a.pdf", other) == nil)
        }
    }

    @Test func `a file of exactly the limit, under any name, is accepted`() async throws {
        try await withScene { scene async throws in
            let other = try await scene.connect()
            let agreement = try await scene.upload(.pdf("picture.png", size: 1_000_000), to: other)
            #expect(agreement.fileSize == 1_000_000)
            #expect(agreement.fileName == "picture.png")
        }
    }

    // MARK: - Who sees what

    @Test func `two tenants' files for the same organization and name are two`() async throws {
        try await withScene { first async throws in
            try await withScene(isSecond: true) { second async throws in
                // Connected to both.
                let keystone = try #require(ConnectedOrgID("9133da7c-3b98-4673-91dc-0dc58cc8740c"))
                let one = try await first.upload(.pdf("same.pdf", seed: 1), to: keystone)
                let two = try await second.upload(.pdf("same.pdf", seed: 2), to: keystone)
                #expect(one.key != two.key)
                #expect(try await first.object("same.pdf", keystone) == TestFile.pdf("", seed: 1).bytes)
                #expect(try await second.object("same.pdf", keystone) == TestFile.pdf("", seed: 2).bytes)
                try await second.delete(keystone)
                #expect(try await first.row(keystone) == one)
                #expect(try await first.object("same.pdf", keystone) == TestFile.pdf("", seed: 1).bytes)
            }
        }
    }

    @Test func `agreements come for accepted connections only, in the connections' order`() async throws {
        try await withScene { scene async throws in
            let (with, without, former) = (
                try await scene.connect(), try await scene.connect(), try await scene.connect()
            )
            let agreement = try await scene.upload(.pdf("a.pdf"), to: with)
            _ = try await scene.upload(.pdf("b.pdf"), to: former)
            try await TestTenants.current.central.execute(
                "UPDATE subscription.connections SET status = 'rejected' WHERE requester_org_id = '\(former)'")

            let connections = try await scene.service.connections(viewer: scene.viewer)
                .filter { [with, without, former].contains($0.organizationID) }
            let agreements = try await scene.service.agreements(for: connections, viewer: scene.viewer)
            let found = Dictionary(uniqueKeysWithValues: zip(connections.map(\.organizationID), agreements))
            #expect(found == [with: agreement, without: nil, former: nil])

            // A row from earlier can still be deleted.
            try await scene.delete(former)
            #expect(try await scene.row(former) == nil)
        }
    }
}
