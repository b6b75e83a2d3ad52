import FoundationEssentials
import Glibc

/// Finds out whether files can be stored in a folder of the directory storage, read and removed: with one of its own,
/// which is always removed.
package enum DirectoryProbe {
    /// Stores, reads and removes a file. No key leads to its name; see `DirectoryPath`.
    ///
    /// - Parameter folder: one that is there; it is not made.
    /// - Throws: what the file system refused.
    package static func run(in folder: String) async throws(FileError) {
        try await FileThread.run { () throws(FileError) in try store(in: folder) }
    }

    private static func store(in folder: String) throws(FileError) {
        let content = Array("accord doctor".utf8)
        let name = ".accord-doctor-\(UUID().uuidString)"
        // Made when a server starts.
        let workshop = "\(folder)/.incoming"
        let isThere = unsafe access(workshop, F_OK) == 0
        let file = try FileInTheMaking(in: isThere ? workshop : folder)
        try file.write(content)
        do throws(FileError) {
            try file.publish(under: folder, components: [name])
            guard try FileForDownload(path: "\(folder)/\(name)")?.read(at: 0, count: 64) == content else {
                errno = EIO
                throw FileError("read")
            }
        } catch {
            try? removeFile("\(folder)/\(name)")
            throw error
        }
        try removeFile("\(folder)/\(name)")
    }
}
