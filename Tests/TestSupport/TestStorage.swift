import Curl
import Foundation
import S3

/// The storage of one test's server, empty at first, and what is in it: asked through the storage's own door.
package enum TestStorage: Sendable {
    case directory(folder: String)
    /// A bucket of its own in `S3Server`.
    case s3(S3Account)

    package enum Kind: String, CaseIterable, Sendable {
        case directory, s3

        /// Those that this machine has.
        package static let available = allCases.filter { $0 == .directory || S3Server.isInstalled }
    }

    /// Makes a storage; `folder` is where a directory's files go.
    package static func make(_ kind: Kind, in folder: String) async throws -> TestStorage {
        guard kind == .s3 else { return .directory(folder: folder) }
        let account = try await S3Server.shared.inBucket("test-\(UUID().uuidString.lowercased())")
        try await account.client().createBucket()
        return .s3(account)
    }

    /// The server's settings for it.
    package var settings: [String: String] {
        switch self {
        case .directory(let folder):
            [
                "ACCORD_STORAGE": "directory",
                "ACCORD_STORAGE_DIRECTORY": folder,
                "ACCORD_STORAGE_SECRET": "signs the links of a server under test",
            ]
        case .s3(let account):
            [
                "ACCORD_STORAGE": "s3",
                "AWS_ENDPOINT_URL": account.endpoint,
                "AWS_BUCKET_NAME": account.bucket,
                "AWS_DEFAULT_REGION": account.region,
                "AWS_ACCESS_KEY_ID": account.accessKeyID,
                "AWS_SECRET_ACCESS_KEY": account.secretAccessKey,
            ]
        }
    }

    /// The keys of everything that is stored, sorted; of a directory also files in the making, as `.incoming/…`.
    package func keys() async throws -> [String] {
        switch self {
        case .directory(let folder):
            let files = FileManager.default.enumerator(atPath: folder)
            let paths = (files?.allObjects ?? []).compactMap { $0 as? String }
            return paths.filter { path in
                var isFolder: ObjCBool = false
                return unsafe FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder)
                    && !isFolder.boolValue
            }.map { $0.removingPercentEncoding ?? $0 }.sorted()
        case .s3(let account):
            // A GET of the bucket itself is ListObjects; whoever may sign a download may sign that, too.
            let url = try account.client().presignedGetURL(
                key: "", fileName: "", contentType: "application/xml", expiresIn: .seconds(60))
            let response = try await S3Account.http.perform(CurlRequest(url: url))
            guard response.status == 200 else { throw ListFailed(status: response.status) }
            return String(decoding: response.body, as: UTF8.self).matches(of: #/<Key>(.*?)</Key>/#)
                .map { Self.text(ofXML: $0.1) }.sorted()
        }
    }

    /// The bytes of an object; nil where there is none.
    package func object(_ key: String) async throws -> [UInt8]? {
        switch self {
        case .directory(let folder):
            return FileManager.default.contents(atPath: "\(folder)/\(Self.encoded(key))").map(Array.init)
        case .s3(let account):
            return try await account.client().getObject(key: key, maximumBytes: 64 << 20)
        }
    }

    /// Stores bytes past the server.
    package func put(_ bytes: [UInt8], at key: String) async throws {
        switch self {
        case .directory(let folder):
            let path = "\(folder)/\(Self.encoded(key))"
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(bytes).write(to: URL(filePath: path))
        case .s3(let account):
            try await account.client().putObject(
                key: key, chunks: Chunks([bytes]), length: bytes.count, sha256: PayloadHash.of(bytes),
                contentType: "application/pdf")
        }
    }

    /// Removes an object past the server.
    package func remove(_ key: String) async throws {
        switch self {
        case .directory(let folder): try FileManager.default.removeItem(atPath: "\(folder)/\(Self.encoded(key))")
        case .s3(let account): try await account.client().deleteObject(key: key)
        }
    }

    /// The path of a key below the folder.
    private static func encoded(_ key: String) -> String {
        key.split(separator: "/").compactMap { $0.addingPercentEncoding(withAllowedCharacters: unreserved) }
            .joined(separator: "/")
    }

    private static let unreserved = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._")

    private static func text(ofXML text: Substring) -> String {
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#34;", "\""), ("&#39;", "'"), ("&amp;", "&")]
            .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }

    private struct ListFailed: Error {
        let status: Int
    }
}

extension S3Account {
    fileprivate static let http = CurlClient()

    fileprivate func inBucket(_ bucket: String) -> S3Account {
        S3Account(
            endpoint: endpoint, bucket: bucket, region: region, accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey)
    }

    fileprivate func client() throws -> S3Client {
        let credentials = AWSCredentials(accessKeyID: accessKeyID, secretAccessKey: secretAccessKey)
        return S3Client(
            configuration: try S3Configuration(
                endpoint: endpoint, bucket: bucket, region: region, credentials: credentials),
            http: Self.http)
    }
}
