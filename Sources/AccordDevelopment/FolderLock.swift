import Foundation

/// Says that a data folder is in use, for as long as this value lives and the process does.
///
/// The kernel keeps the lock (`flock(2)`), so that a killed process can't leave it behind.
final class FolderLock: Sendable {
    private let file: FileHandle

    /// Takes the lock of a folder, which must exist.
    ///
    /// - Throws: `DevelopmentError.folderInUse` when another process has it.
    init(folder: String) throws {
        let path = "\(folder)/lock"
        if !FileManager.default.fileExists(atPath: path) {
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        guard let file = FileHandle(forWritingAtPath: path) else {
            throw DevelopmentError.unusableData("\(path) can't be opened for writing.")
        }
        guard flock(file.fileDescriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw DevelopmentError.folderInUse(folder: folder)
        }
        self.file = file
    }

    /// Gives the folder free.
    func release() {
        flock(file.fileDescriptor, LOCK_UN)
    }
}
