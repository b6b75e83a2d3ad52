import Glibc

/// Whether there is room for uploads while they arrive, and for the files of a directory storage.
struct DiskCheck {
    let settings: DoctorSettings

    /// How many of the largest files there is to be room for.
    private static let files = 2

    /// Blocks on the file system.
    func run() -> CheckResult {
        let largest = settings.maximumFileBytes ?? 52_428_800
        var seen: [String] = []
        var findings: [Finding] = []
        func look(_ folder: String, _ setting: String, isForUploads: Bool) {
            do throws(Fault) {
                if isForUploads { try Self.tryWriting(in: folder) }
                let free = try Self.freeBytes(in: folder)
                guard free < largest * Self.files else { return seen.append("\(free >> 20) MiB free in \(folder)") }
                findings.append(
                    Finding(
                        .disk,
                        "\(folder) has \(free >> 20) MiB free: not enough for \(Self.files) files of \(largest >> 20) MiB.",
                        why: "Uploads fail when it is full.",
                        remedy:
                            "Make room in \(folder), set \(setting) to a larger file system, or lower ACCORD_MAX_FILE_BYTES."
                    ))
            } catch {
                findings.append(
                    Finding(
                        .disk, "\(folder) can't be used: \(error.reason)", why: "Uploads over 128 KiB fail.",
                        remedy: "Set \(setting) to a folder that is there and that this user may write in."))
            }
        }
        look(settings.temporaryDirectory, "ACCORD_TEMPORARY_DIRECTORY", isForUploads: true)
        // Whether it is there and can be written is what the check of the storage finds.
        if case .directory(let folder, _) = settings.storage, unsafe access(folder, F_OK) == 0 {
            look(folder, "ACCORD_STORAGE_DIRECTORY", isForUploads: false)
        }
        return CheckResult(.disk, findings, passed: seen.joined(separator: ", "))
    }

    private struct Fault: Error {
        let reason: String

        init() { unsafe reason = String(cString: strerror(errno)) }
    }

    /// As an upload does: a file without a name, so that nothing is left.
    private static func tryWriting(in folder: String) throws(Fault) {
        let descriptor = unsafe open(folder, O_RDWR | O_DIRECTORY | __O_TMPFILE | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno == EOPNOTSUPP || errno == EISDIR {
            // Some file systems of networks and containers have no such files.
            guard unsafe access(folder, W_OK | X_OK) == 0 else { throw Fault() }
        } else {
            throw Fault()
        }
    }

    private static func freeBytes(in folder: String) throws(Fault) -> Int {
        var information = statvfs()
        guard unsafe statvfs(folder, &information) == 0 else { throw Fault() }
        // Some file systems count no inodes.
        guard information.f_files == 0 || information.f_favail > 0 else { return 0 }
        return Int(
            clamping: UInt64(information.f_bavail).multipliedReportingOverflow(by: UInt64(information.f_frsize))
                .partialValue)
    }
}
