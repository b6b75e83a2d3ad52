import Curl
import Foundation
import S3
import TestSupport
import Testing

/// Answers that stores give now and then, and that the ones at hand don't.
@Suite(.timeLimit(.minutes(1)))
struct ScriptedStoreTests {
    /// A client of a store that gives these answers, each to its request, and what it was asked.
    private func client(_ documents: String...) throws -> (client: S3Client, store: ScriptedServer) {
        let store = try ScriptedServer { channel in
            _ = channel.readHead()
            let document = documents[min(channel.number, documents.count - 1)]
            channel.write(
                "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: \(document.utf8.count)\r\n\r\n\(document)")
        }
        let configuration = try S3Configuration(
            endpoint: store.url, bucket: "b", region: "r",
            credentials: AWSCredentials(accessKeyID: "id", secretAccessKey: "secret"))
        return (S3Client(configuration: configuration, http: Store.http), store)
    }

    /// Amazon S3 API Reference, CopyObject: "a 200 OK response can contain either a success or an error".
    @Test func `a copy that fails after the answer has begun is no copy`() async throws {
        let (client, store) = try client(
            """
            <?xml version="1.0"?>\n\n<Error><Code>InternalError</Code><Message>We encountered one.</Message></Error>
            """)
        await #expect {
            try await client.copyObject(key: "a", to: "b")
        } throws: { error in
            if case S3Error.refused(200, "InternalError", _) = error { true } else { false }
        }
        withExtendedLifetime(store) {}
    }

    @Test(arguments: [true, false]) func `a list goes on from page to page`(isTokenLast: Bool) async throws {
        let object = """
            <Contents><Key>a/&lt;1&gt; &amp; ü.pdf</Key><LastModified>2026-07-01T09:30:00.000Z</LastModified>\
            <ETag>&quot;e&quot;</ETag><Size>7</Size></Contents>
            """
        let token = "<IsTruncated>true</IsTruncated><NextContinuationToken>t/+=</NextContinuationToken>"
        let (client, store) = try client(
            "<ListBucketResult>\(isTokenLast ? object + token : token + object)</ListBucketResult>",
            "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>")
        let page = try await client.listObjects(prefix: "a/")
        #expect(
            page.objects == [
                ObjectListing.Object(
                    key: "a/<1> & ü.pdf", size: 7, lastModified: Date(timeIntervalSince1970: 1_782_898_200))
            ])
        #expect(page.nextContinuationToken == "t/+=")
        let last = try await client.listObjects(prefix: "a/", continuationToken: "t/+=")
        #expect(last.objects == [])
        #expect(last.nextContinuationToken == nil)
        withExtendedLifetime(store) {}
    }

    @Test func `a list that can't be read is an error`() async throws {
        let (client, store) = try client("<ListBucketResult><Contents><Key>a</Key></Contents></ListBucketResult>")
        await #expect(throws: S3Error.self) { try await client.listObjects(prefix: "a") }
        withExtendedLifetime(store) {}
    }
}
