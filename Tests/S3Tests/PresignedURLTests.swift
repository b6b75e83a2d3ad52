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
        let time = SigningTime(Date(timeIntervalSince1970: 1_369_353_600))
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
