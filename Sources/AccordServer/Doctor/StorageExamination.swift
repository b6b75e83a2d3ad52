import AccordAdapters
import Curl
import Glibc
import S3

/// What asking the storage came to.
struct StorageExamination: Sendable {
    let storage: CheckResult
    let bucket: CheckResult
    var clocks: [ClockReading] = []

    /// Asks the storage that the settings name.
    static func run(_ storage: ServerConfiguration.Storage?, _ http: CurlClient) async -> StorageExamination {
        switch storage {
        case nil: notChecked(since: "the settings of the storage can't be used")
        case .s3(let configuration): await BucketExamination(configuration, http).run()
        case .directory(let folder, _): await directory(folder)
        }
    }

    static func notChecked(since reason: String) -> StorageExamination {
        StorageExamination(
            storage: CheckResult(.storage, .notChecked(since: reason)),
            bucket: CheckResult(.bucket, .notChecked(since: reason)))
    }

    private static func directory(_ folder: String) async -> StorageExamination {
        let bucket = CheckResult(.bucket, .passed("a folder: its files are read by signed links only"))
        do throws(FileError) {
            try await DirectoryProbe.run(in: folder)
            return StorageExamination(
                storage: CheckResult(.storage, .passed("a file was stored in \(folder), read and removed")),
                bucket: bucket)
        } catch {
            let remedy =
                switch error.code {
                case ENOENT: "Run: mkdir -p \(folder), or correct ACCORD_STORAGE_DIRECTORY."
                case ENOTDIR: "Set ACCORD_STORAGE_DIRECTORY to a folder."
                case EACCES, EPERM: "Run: chown -R \(getuid()) \(folder), or correct ACCORD_STORAGE_DIRECTORY."
                case EROFS: "Mount the file system for writing, or correct ACCORD_STORAGE_DIRECTORY."
                case ENOSPC, EDQUOT: "Make room in \(folder), or move it: ACCORD_STORAGE_DIRECTORY."
                default: "Correct ACCORD_STORAGE_DIRECTORY."
                }
            let finding = Finding(
                .storage, "No file can be stored in \(folder): \(error)", why: "Uploads fail.", remedy: remedy)
            return StorageExamination(storage: CheckResult(.storage, .found([finding])), bucket: bucket)
        }
    }
}
