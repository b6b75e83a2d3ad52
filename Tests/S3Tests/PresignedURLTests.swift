import Curl
import Foundation
import S3
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(5))) struct PresignedURLTests {
    private let pdf = Array("%PDF-1.7 presigned".utf8)
    private static let isPossible = ConditionTrait.enabled(if: !Store.available.isEmpty, "\(S3Server.missing)")

    @Test(isPossible, arguments: Store.available)
    func `a presigned URL downloads the object under its file's name`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key("other.bin")
        try await client.put(pdf, at: key)
        let response = try await Store.http.perform(CurlRequest(url: url(client, key)))
        #expect(response.status == 200)
        #expect(response.body == pdf)
        #expect(response.header("Content-Type") == "application/pdf")
        #expect(
            response.header("Content-Disposition")
                == "attachment; filename=\"Vertrag _.pdf\"; filename*=UTF-8''Vertrag%20%C3%BC.pdf"
        )
        try await client.deleteObject(key: key)
    }

    private static let fileNames = [
        "plain.pdf", "two words.pdf", "a+b & c=d;e,f.pdf", "100% sure %20.pdf", "\"quoted\" 'single'.pdf",
        "back\\slash.pdf", "Vertrag ÄÖÜ ß.pdf", "договор.pdf", "合同 協議書 契約.pdf", "اتفاقية.pdf", "הסכם.pdf",
        "📄 contract 👩🏽‍⚖️ ✅.pdf", "<b>#1?</b>.pdf", ".hidden", String(repeating: "n", count: 251) + ".pdf",
        String(repeating: "合", count: 251) + ".pdf", String(repeating: "📄", count: 251) + ".pdf",
    ]

    @Test(isPossible, arguments: Store.available, fileNames)
    func `a file downloads under exactly its name`(store: Store, name: String) async throws {
        let client = try await store.client()
        // Cut as keys are made; for rclone as file systems want it.
        let bytes = Array(name.utf8.prefix(store == .rclone ? 250 : 600))
        let key = Store.key(String(decoding: bytes, as: UTF8.self).replacing("\u{FFFD}", with: ""))
        try await client.putObject(NewObject(pdf, at: key, fileName: name))
        let link = client.presignedGetURL(
            key: key, fileName: name, contentType: "application/pdf", expiresIn: .seconds(60))
        let response = try await Store.http.perform(CurlRequest(url: link))
        #expect(response.status == 200)
        #expect(response.body == pdf)
        let encoded = response.header("Content-Disposition")?.firstRange(of: "filename*=UTF-8''").map {
            response.header("Content-Disposition")?[$0.upperBound...].removingPercentEncoding
        }
        #expect(encoded.flatMap { $0 }.map { Array($0.utf8) } == Array(name.utf8))
        try await client.deleteObject(key: key)
    }

    @Test(
        arguments: [
            // When credentials end, in seconds from the signing; what is asked for; how long the URL works.
            (nil, 3_600, 3_600), (7_200, 3_600, 3_600), (3_600, 3_600, 3_600), (600, 3_600, 600), (600.9, 3_600, 600),
            (0.5, 3_600, 0), (-10, 3_600, -10),
        ] as [(Double?, Int, Int)])
    func `a URL works no longer than the credentials`(_ end: Double?, _ wanted: Int, _ works: Int) throws {
        let time = Date(timeIntervalSince1970: 1_800_000_000)
        let credentials = AWSCredentials(
            accessKeyID: "id", secretAccessKey: "secret", sessionToken: "t",
            expiration: end.map { time.addingTimeInterval($0) })
        let client = try S3Client.signing(as: credentials)
        #expect(client.lifetime(ofURLSignedAt: time, wanted: .seconds(wanted)) == .seconds(works))
    }

    @Test(isPossible, arguments: Store.available)
    func `a presigned URL that was tampered with is refused`(store: Store) async throws {
        let client = try await store.client()
        let (key, other) = (Store.key(), Store.key())
        try await client.put(pdf, at: key)
        try await client.put(pdf, at: other)
        let valid = url(client, key)
        let lastDigit = valid.last == "0" ? "1" : "0"
        let tampered = [
            valid.dropLast() + lastDigit,
            valid.replacing(key, with: other),
            valid.replacing("X-Amz-Expires=60", with: "X-Amz-Expires=6000"),
            valid.replacing("Vertrag", with: "Virus"),
            valid.replacing("application%2Fpdf", with: "text%2Fhtml"),
            String(valid.prefix(upTo: valid.firstRange(of: "&X-Amz-Signature")?.lowerBound ?? valid.endIndex)),
        ]
        for url in tampered {
            let response = try await Store.http.perform(CurlRequest(url: url))
            #expect((400...403).contains(response.status), "\(url)")
            #expect(response.body != pdf)
        }
        for method in [CurlRequest.Method.put, .delete] {
            #expect(try await Store.http.perform(CurlRequest(method: method, url: valid)).status == 403)
        }
        #expect(try await client.getObject(key: key, maximumBytes: 100) == pdf)
        try await client.deleteObject(key: key)
        try await client.deleteObject(key: other)
    }

    @Test(isPossible, arguments: Store.available)
    func `a presigned URL that expired, or is signed with another secret, is refused`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key()
        try await client.put(pdf, at: key)
        let hourAgo = Date(timeIntervalSinceNow: -3600)
        let late = try await store.client(now: { hourAgo })
        let expired = try await Store.http.perform(CurlRequest(url: url(late, key)))
        #expect((400...403).contains(expired.status))
        #expect(expired.body != pdf)
        let lasting = url(late, key, expiresIn: .seconds(7200))
        #expect(try await Store.http.perform(CurlRequest(url: lasting)).status == 200)
        let forged = url(try await store.client(secretAccessKey: "wrong"), key)
        #expect(try await Store.http.perform(CurlRequest(url: forged)).status == 403)
        try await client.deleteObject(key: key)
    }

    @Test func `the public endpoint's host is in the URL and under the signature`() throws {
        let credentials = AWSCredentials(accessKeyID: "id", secretAccessKey: "secret", sessionToken: "a/b+c=")
        let time = Date(timeIntervalSince1970: 1_369_353_600)
        func url(_ publicEndpoint: String?) throws -> String {
            try S3Client.signing(as: credentials, publicEndpoint: publicEndpoint).presignedGetURL(
                key: "a b/c.pdf",
                fileName: "c.pdf",
                contentType: "application/pdf",
                expiresIn: .seconds(3600),
                at: time
            )
        }
        let parts =
            "/a%20b/c.pdf?X-Amz-Algorithm=AWS4-HMAC-SHA256"
            + "&X-Amz-Credential=id%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z"
            + "&X-Amz-Expires=3600&X-Amz-Security-Token=a%2Fb%2Bc%3D&X-Amz-SignedHeaders=host"
            + "&response-content-disposition=attachment%3B%20filename%3D%22c.pdf%22%3B%20filename%2A%3DUTF-8%27%27c.pdf"
            + "&response-content-type=application%2Fpdf&X-Amz-Signature="
        let own = try url(nil)
        let published = try url("https://files.example.com")
        #expect(own.dropLast(64) == "https://examplebucket.s3.amazonaws.com" + parts)
        #expect(published.dropLast(64) == "https://examplebucket.files.example.com" + parts)
        #expect(own.suffix(64) != published.suffix(64))
    }

    private func url(_ client: S3Client, _ key: String, expiresIn: Duration = .seconds(60)) -> String {
        client.presignedGetURL(
            key: key,
            fileName: "Vertrag ü.pdf",
            contentType: "application/pdf",
            expiresIn: expiresIn
        )
    }
}
