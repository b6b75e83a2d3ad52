import AccordDevelopment
import Curl
import TestSupport
import Testing

/// The same contract with files in a folder, which the server itself serves under signed, expiring links.
@Suite(.serialized, .server(storage: .directory), .timeLimit(.minutes(3)))
struct DirectoryStorageTests {
    @Test func `an agreement goes from upload to deletion`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let (old, new) = (TestFile.pdf("first.pdf", seed: 1, size: 700_000), TestFile.pdf("Vertrag ü.pdf", seed: 2))

        let first = try await server.upload(old, to: keystone, token: server.token()).uploaded
        #expect(try await server.contents() == TestServer.Contents(server.row(old.bytes, "first.pdf", with: keystone)))
        #expect(try await server.client.get(first.presignedUrl).body == old.bytes)

        let second = try await server.upload(new, to: keystone, token: server.token()).uploaded
        #expect(second.id == first.id)
        #expect(
            try await server.contents() == TestServer.Contents(server.row(new.bytes, "Vertrag ü.pdf", with: keystone)))
        #expect(try await server.client.get(first.presignedUrl).status == 404)

        let shown = try await server.agreement(with: keystone, token: server.token("viewer"))
        let download = try await server.client.get(shown?.presignedUrl ?? "")
        #expect(download.status == 200)
        #expect(download.body == new.bytes)
        #expect(download.header("Content-Type") == "application/pdf")
        #expect(
            download.header("Content-Disposition")
                == "attachment; filename=\"Vertrag _.pdf\"; filename*=UTF-8''Vertrag%20%C3%BC.pdf")

        #expect(try await server.delete(keystone, token: server.token()).text == #"{"data":{"deleteAgreement":true}}"#)
        #expect(try await server.contents() == .nothing)
        #expect(try await server.client.get(second.presignedUrl).status == 404)
    }

    @Test func `a link that was tampered with, or signed by somebody else, is refused`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let summit = try server.organization("Summit Lighting")
        let file = TestFile.pdf("agreement.pdf")
        let link = try await server.upload(file, to: keystone, token: server.token()).uploaded.presignedUrl
        _ = try await server.upload(file, to: summit, token: server.token()).uploaded
        #expect(link.hasPrefix("\(server.url)/files/brightwater/agreements/\(keystone)/agreement.pdf?"))

        let tampered = [
            String(link.dropLast() + (link.last == "0" ? "1" : "0")),
            link.replacing(keystone, with: summit),
            link.replacing("brightwater", with: "harborline"),
            link.replacing("/brightwater", with: "/%2E%2E/brightwater"),
            link.replacing("name=agreement", with: "name=virus"),
            link.replacing(#/expires=\d+/#, with: "expires=9999999999"),
            String(link.prefix { $0 != "?" }),
        ]
        for url in tampered {
            let answer = try await server.client.get(url)
            #expect(answer.status == 403, "\(url)")
            #expect(answer.body != file.bytes)
        }
        let stranger = ["ACCORD_STORAGE_SECRET": "another secret, of another server's"]
        try await server.withAnother(settings: stranger) { stranger async throws in
            #expect(try await stranger.client.get(link.replacing(server.url, with: stranger.url)).status == 403)
        }
        #expect(try await server.client.get(link).status == 200)
    }

    @Test func `a link expires`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        _ = try await server.upload(.pdf("agreement.pdf"), to: keystone, token: server.token()).uploaded
        try await server.withAnother(settings: ["ACCORD_LINK_SECONDS": "1"]) { hasty async throws in
            let link = try await hasty.agreement(with: keystone, token: hasty.token())?.presignedUrl ?? ""
            try await Task.sleep(for: .seconds(2))
            #expect(try await hasty.client.get(link).status == 403)
        }
    }

    @Test func `links lead to the public address where one is configured`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        try await server.withAnother(settings: ["ACCORD_PUBLIC_URL": "https://accord.example/"]) {
            server async throws in
            let file = TestFile.pdf("agreement.pdf")
            let link = try await server.upload(file, to: keystone, token: server.token()).uploaded.presignedUrl
            #expect(link.hasPrefix("https://accord.example/files/brightwater/"))
            let local = link.replacing("https://accord.example", with: server.url)
            #expect(try await server.client.get(local).body == file.bytes)
        }
    }

    @Test func `HEAD tells what a download would be`() async throws {
        let server = try TestServer.current
        let keystone = try server.organization("Keystone Electric")
        let file = TestFile.pdf("agreement.pdf", size: 12_345)
        let link = try await server.upload(file, to: keystone, token: server.token()).uploaded.presignedUrl
        let head = try await server.client.send(.head, link)
        #expect(head.status == 200)
        #expect(head.header("Content-Length") == "12345")
        #expect(head.body.isEmpty)
    }
}
