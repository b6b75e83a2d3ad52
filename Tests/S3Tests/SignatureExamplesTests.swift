import Foundation
import Testing

@testable import S3

/// Amazon's own examples, digit for digit.
///
/// Amazon S3 API Reference: Signature Calculations for the Authorization Header; Authenticating Requests: Using Query
/// Parameters
@Suite struct SignatureExamplesTests {
    struct Example: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var method = "GET"
        let path: String
        var query: [(name: String, value: String)] = []
        var headers: [(name: String, value: String)] = []
        var payloadHash = PayloadHash.ofNothing
        let requestHash: String
        let signedHeaders: String
        let signature: String
    }

    static let examples = [
        Example(
            testDescription: "GET Object",
            path: "/test.txt",
            headers: [(name: "Range", value: "bytes=0-9")],
            requestHash: "7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972",
            signedHeaders: "host;range;x-amz-content-sha256;x-amz-date",
            signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41"
        ),
        Example(
            testDescription: "PUT Object",
            method: "PUT",
            path: "/" + "test$file.text".uriEncoded(keepingSlashes: true),
            headers: [
                (name: "Date", value: "Fri, 24 May 2013 00:00:00 GMT"),
                (name: "x-amz-storage-class", value: "REDUCED_REDUNDANCY"),
            ],
            payloadHash: PayloadHash.of(Array("Welcome to Amazon S3.".utf8)),
            requestHash: "9e0e90d9c76de8fa5b200d8c849cd5b8dc7a3be3951ddb7f6a76b4158342019d",
            signedHeaders: "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
            signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd"
        ),
        Example(
            testDescription: "GET Bucket Lifecycle",
            path: "/",
            query: [(name: "lifecycle", value: "")],
            requestHash: "9766c798316ff2757b517bc739a67f6213b4ab36dd5da2f94eaebf79c77395ca",
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543"
        ),
        Example(
            testDescription: "Get Bucket (List Objects)",
            path: "/",
            query: [(name: "prefix", value: "J"), (name: "max-keys", value: "2")],
            requestHash: "df57d21db20da04d7fa30298dd4488ba3a2b47ca3a489c74750e0f1e7df1b9b7",
            signedHeaders: "host;x-amz-content-sha256;x-amz-date",
            signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
        ),
    ]

    private let time = SigningTime(.init(timeIntervalSince1970: 1_369_353_600))
    private let credentials = AWSCredentials(
        accessKeyID: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"
    )

    @Test(arguments: examples)
    func `Amazon's examples of the Authorization header`(example: Example) {
        let request = CanonicalRequest(
            method: example.method,
            path: example.path,
            query: CanonicalQuery(example.query),
            headers: example.headers + [
                (name: "x-amz-date", value: time.timestamp),
                (name: "x-amz-content-sha256", value: example.payloadHash),
                (name: "Host", value: "examplebucket.s3.amazonaws.com"),
            ],
            payloadHash: example.payloadHash
        )
        #expect(request.hash == example.requestHash)
        #expect(
            RequestSigner(credentials: credentials, region: "us-east-1").authorization(for: request, at: time)
                == "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                + "SignedHeaders=\(example.signedHeaders), Signature=\(example.signature)"
        )
    }

    @Test func `the canonical request and the string to sign are Amazon's, line for line`() {
        let request = CanonicalRequest(
            method: "GET",
            path: "/test.txt",
            headers: [
                (name: "Host", value: "examplebucket.s3.amazonaws.com"),
                (name: "Range", value: "  bytes=0-9 "),
                (name: "x-amz-content-sha256", value: PayloadHash.ofNothing),
                (name: "x-amz-date", value: time.timestamp),
            ],
            payloadHash: PayloadHash.ofNothing
        )
        #expect(
            request.text == """
                GET
                /test.txt

                host:examplebucket.s3.amazonaws.com
                range:bytes=0-9
                x-amz-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                x-amz-date:20130524T000000Z

                host;range;x-amz-content-sha256;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """
        )
        #expect(
            StringToSign(request, at: time, in: CredentialScope(day: time.day, region: "us-east-1")).text == """
                AWS4-HMAC-SHA256
                20130524T000000Z
                20130524/us-east-1/s3/aws4_request
                7344ae5b7ee6c3e7e6b0fe0640412a37625d1fbfff95c48bbb2dc43964946972
                """
        )
    }

    @Test func `Amazon's example of a presigned URL`() throws {
        let client = try S3Client.signing(as: credentials)
        let url = client.presigner(expiresIn: .seconds(86_400), at: Date(timeIntervalSince1970: 1_369_353_600))
            .url(path: "/test.txt", parameters: [:])
        #expect(
            url == "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256"
                + "&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request"
                + "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host"
                + "&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        )
    }

    @Test func `the key of a day is not used for the next, and comes back`() {
        let signer = RequestSigner(credentials: credentials, region: "us-east-1")
        let request = CanonicalRequest(method: "GET", path: "/", headers: [], payloadHash: PayloadHash.unsigned)
        let nextDay = SigningTime(.init(timeIntervalSince1970: 1_369_353_600 + 86_400))
        let first = signer.signature(of: request, at: time)
        let second = signer.signature(of: request, at: nextDay)
        #expect(first != second)
        #expect(signer.signature(of: request, at: time) == first)
        #expect(
            RequestSigner(credentials: credentials, region: "us-east-1").signature(of: request, at: nextDay) == second)
    }
}
