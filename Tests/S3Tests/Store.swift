import Crypto
import Curl
import Foundation
import S3
import TestSupport
import Testing

/// The real stores that a test runs against: rclone where it is installed, and whichever the environment names.
enum Store: String, CaseIterable, Sendable {
    case rclone
    case external

    static let available = allCases.filter { store in
        switch store {
        case .rclone: S3Server.isInstalled
        case .external: S3Account.external != nil
        }
    }

    func account() async throws -> S3Account {
        switch self {
        case .rclone: try await S3Server.shared
        case .external: try #require(S3Account.external)
        }
    }

    func client(
        secretAccessKey: String? = nil,
        region: String? = nil,
        now: @escaping @Sendable () -> Date = { Date() }
    ) async throws -> S3Client {
        let account = try await account()
        return S3Client(
            configuration: try S3Configuration(
                endpoint: account.endpoint,
                bucket: account.bucket,
                region: region ?? account.region,
                credentials: AWSCredentials(
                    accessKeyID: account.accessKeyID,
                    secretAccessKey: secretAccessKey ?? account.secretAccessKey
                )
            ),
            http: Self.http,
            now: now
        )
    }

    static let http = CurlClient()

    /// A key that no other test uses.
    static func key(_ name: String = "agreement.pdf") -> String {
        "test/\(UUID().uuidString)/\(name)"
    }
}

extension S3Client {
    /// One that is used for signing only, for Amazon's example bucket.
    static func signing(as credentials: AWSCredentials, publicEndpoint: String? = nil) throws -> S3Client {
        S3Client(
            configuration: try S3Configuration(
                endpoint: "https://s3.amazonaws.com",
                publicEndpoint: publicEndpoint,
                bucket: "examplebucket",
                region: "us-east-1",
                credentials: credentials,
                addressing: .virtualHost
            ),
            http: Store.http
        )
    }

    func put(_ bytes: [UInt8], at key: String, metadata: [String: String] = [:]) async throws(S3Error) {
        try await putObject(
            key: key,
            chunks: Chunks([bytes]),
            length: bytes.count,
            sha256: SHA256.hash(data: bytes).hexadecimal,
            contentType: "application/pdf",
            metadata: metadata
        )
    }
}

extension SHA256.Digest {
    var hexadecimal: String {
        map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
