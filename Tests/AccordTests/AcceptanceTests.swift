import AccordDevelopment
import Curl
import Foundation
import TestSupport
import Testing

/// The seven acceptance cases, through the door: HTTP in, then the answers, the rows and the objects.
@Suite(
    .serialized, .server(storage: .s3), .enabled(if: S3Server.isInstalled, "\(S3Server.missing)"),
    .timeLimit(.minutes(3)))
struct AcceptanceTests {
    @Test func `upload to an accepted connection`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let file = TestFile.pdf("agreement.pdf", size: 300_000)
        let before = Date()

        let answer = try await server.upload(file, to: keystone, token: server.token())

        #expect(answer.status == 200)
        #expect(answer.errors.isEmpty)
        let agreement = try answer.uploaded
        #expect(
            agreement
                == AgreementAnswer(
                    id: agreement.id, connectedOrgId: keystone, fileName: "agreement.pdf", fileSize: 300_000,
                    presignedUrl: agreement.presignedUrl, createdAt: agreement.createdAt))
        #expect(UUID(uuidString: agreement.id) != nil)
        // RFC 3339 in UTC, and true within what two machines' clocks and a full one allow.
        #expect(agreement.createdAt.wholeMatch(of: #/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/#) != nil)
        let time = try Date(agreement.createdAt, strategy: .iso8601WithFraction)
        #expect((before - 60...Date() + 60).contains(time))

        let row = server.row(file.bytes, "agreement.pdf", with: keystone)
        #expect(try await server.contents() == TestServer.Contents(row))
        #expect(try await server.storage.object(row.key) == file.bytes)
        let shown = try await server.agreement(with: keystone, token: server.token("viewer"))
        #expect(shown?.id == agreement.id)
        #expect(shown?.createdAt == agreement.createdAt)
    }

    @Test func `upload to a connection that is not accepted`() async throws {
        let server = try TestServer.current
        // In either direction; then organizations that are not connected at all, unknown, or the own one.
        let organizations = [
            try server.organization("Cobalt Fasteners"), try server.organization("Meridian Wire & Cable"),
            try server.organization("Orchard Valley Distribution"), try server.organization("Prairie State Électrique"),
            UUID().uuidString, server.tenants.first.customer.organization.id.uuidString,
        ]
        for organization in organizations {
            let answer = try await server.upload(.pdf("agreement.pdf"), to: organization, token: server.token())
            #expect(answer.status == 200)
            #expect(answer.codes == ["CONNECTION_NOT_ACCEPTED"])
            #expect(answer.errors.map(\.message) == ["You have no accepted connection with this organization."])
        }
        #expect(try await server.contents() == .nothing)
    }

    @Test(arguments: ["agreement.pdf", "new.pdf"])
    func `a second upload replaces the first`(_ name: String) async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let (old, new) = (TestFile.pdf("agreement.pdf", seed: 1), TestFile.pdf(name, seed: 2, size: 3_000))

        let first = try await server.upload(old, to: keystone, token: server.token()).uploaded
        let second = try await server.upload(new, to: keystone, token: server.token()).uploaded

        #expect(second.id == first.id)
        #expect(second.fileName == name)
        #expect(second.fileSize == 3_000)
        let row = server.row(new.bytes, name, with: keystone)
        #expect(try await server.contents() == TestServer.Contents(row))
        #expect(try await server.client.get(second.presignedUrl).body == new.bytes)
    }

    @Test func `another organization's agreement is separate`() async throws {
        let server = try TestServer.current
        let (keystone, summit) = (
            try server.organization("Keystone Electric"), try server.organization("Summit Lighting")
        )
        let (one, other) = (TestFile.pdf("agreement.pdf", seed: 1), TestFile.pdf("agreement.pdf", seed: 2))

        let first = try await server.upload(one, to: keystone, token: server.token()).uploaded
        let second = try await server.upload(other, to: summit, token: server.token()).uploaded

        #expect(first.id != second.id)
        let rows = [
            server.row(one.bytes, "agreement.pdf", with: keystone),
            server.row(other.bytes, "agreement.pdf", with: summit),
        ].sorted { $0.key < $1.key }
        #expect(
            try await server.contents() == TestServer.Contents(rows: rows, objects: rows.map(\.key)))
        #expect(try await server.client.get(first.presignedUrl).body == one.bytes)
        #expect(try await server.client.get(second.presignedUrl).body == other.bytes)

        #expect(try await server.delete(keystone, token: server.token()).errors.isEmpty)
        #expect(try await server.agreement(with: keystone, token: server.token()) == nil)
        #expect(try await server.client.get(second.presignedUrl).body == other.bytes)
    }

    @Test(arguments: [
        ("agreement.pdf", "agreement.pdf", "agreement.pdf"),
        ("Vertrag (1) + 100% ü.pdf", "Vertrag (1) + 100_ _.pdf", "Vertrag%20%281%29%20%2B%20100%25%20%C3%BC.pdf"),
    ])
    func `download by presigned URL gives the same bytes under the same name`(
        _ name: String, _ plain: String, _ encoded: String
    ) async throws {
        let server = try TestServer.current
        let file = TestFile.pdf(name, seed: 7, size: 600_000)
        let keystone = try server.organization("Keystone Electric")
        let url = try await server.upload(file, to: keystone, token: server.token()).uploaded.presignedUrl

        let download = try await server.client.get(url)

        #expect(download.status == 200)
        #expect(download.body == file.bytes)
        #expect(download.header("Content-Type") == "application/pdf")
        #expect(
            download.header("Content-Disposition")
                == "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(encoded)")
        #expect(url.contains("X-Amz-Expires=3600"))
        // Without its signature the bucket is closed.
        let bare = url.prefix { $0 != "?" }
        #expect((400...403).contains(try await server.client.get(String(bare)).status))
    }

    @Test func `delete removes both the row and the object`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let url = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: server.token())
            .uploaded.presignedUrl

        let deletion = try await server.delete(keystone, token: server.token())

        #expect(deletion.text == #"{"data":{"deleteAgreement":true}}"#)
        #expect(try await server.contents() == .nothing)
        #expect(try await server.client.get(url).status == 404)
        let again = try await server.delete(keystone, token: server.token())
        #expect(again.status == 200)
        #expect(again.codes == ["AGREEMENT_NOT_FOUND"])
    }

    @Test func `connections shows agreements for accepted ones only`() async throws {
        let server = try TestServer.current
        let (keystone, summit) = (
            try server.organization("Keystone Electric"), try server.organization("Summit Lighting")
        )
        _ = try await server.upload(.pdf("keystone.pdf"), to: keystone, token: server.token()).uploaded
        _ = try await server.upload(.pdf("summit.pdf"), to: summit, token: server.token()).uploaded
        let all = [
            "Cobalt Fasteners PENDING -", "Harborline Supply ACCEPTED -", "Keystone Electric ACCEPTED keystone.pdf",
            "Meridian Wire & Cable PENDING -", "Orchard Valley Distribution DECLINED -",
            "Prairie State Électrique DECLINED -", "Summit Lighting ACCEPTED summit.pdf",
        ]
        #expect(try await shown(by: server) == all)

        // The rows stay when a connection falls back; they must not show.
        try await server.tenants.central.execute(
            """
            UPDATE subscription.connections SET status = 'pending' WHERE target_org_id = '\(keystone)';
            UPDATE subscription.connections SET status = 'rejected' WHERE requester_org_id = '\(summit)'
            """)
        var fallenBack = all
        fallenBack[2] = "Keystone Electric PENDING -"
        fallenBack[6] = "Summit Lighting DECLINED -"
        #expect(try await shown(by: server) == fallenBack)
        #expect(try await server.contents().rows.map(\.fileName).sorted() == ["keystone.pdf", "summit.pdf"])
    }

    private func shown(by server: TestServer) async throws -> [String] {
        try await server.connections(token: server.token("viewer")).map {
            "\($0.name) \($0.connectionStatus) \($0.agreement?.fileName ?? "-")"
        }
    }
}

extension ParseStrategy where Self == Date.ISO8601FormatStyle {
    /// RFC 3339 with fractions of a second.
    fileprivate static var iso8601WithFraction: Date.ISO8601FormatStyle {
        Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    }
}
