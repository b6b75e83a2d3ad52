import Foundation
import Synchronization

/// Where a test finds an object store, and as whom.
package struct S3Account: Sendable {
    package let endpoint: String
    package let bucket: String
    package let region: String
    package let accessKeyID: String
    package let secretAccessKey: String

    /// A further store to test against, named by the environment: `ACCORD_TEST_S3_ENDPOINT` with the usual `AWS_…`
    /// settings. Its bucket must exist. Meant for one that is stricter than rclone: with a region that it checks, and a
    /// payload hash that it compares.
    package static let external: S3Account? = {
        let environment = ProcessInfo.processInfo.environment
        guard let endpoint = environment["ACCORD_TEST_S3_ENDPOINT"],
            let accessKeyID = environment["AWS_ACCESS_KEY_ID"],
            let secretAccessKey = environment["AWS_SECRET_ACCESS_KEY"]
        else { return nil }
        return S3Account(
            endpoint: endpoint,
            bucket: environment["AWS_BUCKET_NAME"] ?? "agreements",
            region: environment["AWS_DEFAULT_REGION"] ?? "us-east-1",
            accessKeyID: accessKeyID,
            secretAccessKey: secretAccessKey
        )
    }()
}

/// A real S3 server for the tests of this process: `rclone serve s3`, which verifies signatures, on a loopback port of
/// its own choice, over an empty temporary folder with one bucket.
///
/// It ends with the process, even one that is killed: see `GuardedProgram`.
package enum S3Server {
    package struct StartFailed: Error, CustomStringConvertible {
        package let description: String
    }

    /// The reason to give where a test that needs the server is switched off.
    package static let missing: String =
        "rclone is not here: `make test` installs it, and ACCORD_TEST_RCLONE may name one"

    package static var isInstalled: Bool { rclone != nil }

    /// The server's account, started when the first test asks for it.
    ///
    /// - Throws: ``StartFailed`` with rclone's own words.
    package static var shared: S3Account {
        get async throws { try await starting.value }
    }

    // Unstructured, because it belongs to the process and not to the test that happened to be first.
    private static let starting = Task { try await start() }

    /// Held for as long as this process lives.
    private static let running = Mutex<GuardedProgram?>(nil)

    private static let rclone: URL? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["ACCORD_TEST_RCLONE"] { return URL(filePath: named) }
        let project = URL(filePath: #filePath).appending(path: "../../..").standardized
        let folders = (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0)) }
        return ([project.appending(path: ".accord/venv/bin")] + folders)
            .map { $0.appending(path: "rclone") }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    }()

    private static func start() async throws -> S3Account {
        guard let rclone else { throw StartFailed(description: missing) }
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-s3-\(UUID().uuidString)")
        let log = folder.appending(path: "log")
        let bucket = "agreements"
        let keys = (id: randomKey(), secret: randomKey())
        try FileManager.default.createDirectory(
            at: folder.appending(path: "data/\(bucket)"),
            withIntermediateDirectories: true
        )
        let guarded = try GuardedProgram(guardScript, [folder.path, rclone.path, "\(keys.id),\(keys.secret)"])
        running.withLock { $0 = guarded }

        var output = ""
        for _ in 1...1_200 {
            output = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            if let address = output.firstMatch(of: #/Starting s3 server on \[(http://[0-9.:]+)/\]/#) {
                return S3Account(
                    endpoint: String(address.1),
                    bucket: bucket,
                    region: "us-east-1",
                    accessKeyID: keys.id,
                    secretAccessKey: keys.secret
                )
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw StartFailed(description: "rclone did not start: \(output)")
    }

    /// Folder, rclone, keys. An empty configuration, so that nothing of the developer's own is read. (No
    /// `--dir-cache-time 0s`: it makes rclone list whole trees again and again, and stall under parallel requests. And no
    /// `wait`: a process started from a task's thread inherits a mask that blocks SIGCHLD.)
    private static let guardScript = """
        unset RCLONE_AUTH_KEY
        "$2" serve s3 --config "" --addr 127.0.0.1:0 --auth-key "$3" --vfs-cache-mode off --poll-interval 0 \
        --cache-dir "$1/cache" --verbose "$1/data" > "$1/log" 2>&1 &
        read -r _
        kill -9 $!
        rm -rf "$1"
        """

    private static func randomKey() -> String {
        UUID().uuidString.replacing("-", with: "").lowercased()
    }
}
