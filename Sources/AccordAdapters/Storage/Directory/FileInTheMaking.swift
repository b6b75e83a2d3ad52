import FoundationEssentials
import Glibc

/// A file that nobody sees until it is whole and on disk: written under a random name, synchronized, renamed.
///
/// Every method blocks.
final class FileInTheMaking: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Creates an empty file in a folder that is on the same file system as where the file will go.
    init(in folder: String) throws(FileError) {
        path = "\(folder)/\(UUID().uuidString)"
        descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileError("open") }
    }

    /// Gives up a file that was not published; one that was is known by its new name.
    deinit {
        close(descriptor)
        _ = unsafe unlink(path)
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
            }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw FileError("write") }
            written += count
        }
    }

    /// Puts the file in its place, making the folders below `root` that are missing. A file that is there is replaced in
    /// one step. On return the content and its name are on disk.
    func publish(under root: String, components: [String]) throws(FileError) {
        guard fsync(descriptor) == 0 else { throw FileError("fsync") }
        try place(path, under: root, components: components)
    }
}

/// A second name for a file, in the making: a random one, until it gets its place.
///
/// Every method blocks.
final class LinkInTheMaking: Sendable {
    private let path: String

    /// Gives the file another name, in a folder that is on its file system.
    ///
    /// - Returns: Nil where there is no such file.
    init?(to source: String, in folder: String) throws(FileError) {
        path = "\(folder)/\(UUID().uuidString)"
        guard unsafe link(source, path) == 0 else {
            let error = FileError("link")
            if [ENOENT, ENOTDIR].contains(error.code) { return nil }
            throw error
        }
    }

    /// Also after it got its place: `rename` leaves both names where they are of the same file already.
    deinit { _ = unsafe unlink(path) }

    /// As `FileInTheMaking.publish(under:components:)`.
    func publish(under root: String, components: [String]) throws(FileError) {
        try place(path, under: root, components: components)
    }
}

/// Renames a file to a path below `root`, making the folders that are missing. On return its name is on disk. Blocks.
private func place(_ path: String, under root: String, components: [String]) throws(FileError) {
    var folder = root
    for component in components.dropLast() {
        let parent = folder
        folder += "/" + component
        if unsafe mkdir(folder, 0o700) == 0 {
            try synchronize(folder: parent)
        } else {
            guard errno == EEXIST else { throw FileError("mkdir") }
        }
    }
    guard unsafe rename(path, "\(root)/\(components.joined(separator: "/"))") == 0 else {
        throw FileError("rename")
    }
    try synchronize(folder: folder)
}

/// A new name is on disk when its folder is. Blocks.
private func synchronize(folder: String) throws(FileError) {
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("open") }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError("fsync") }
}

/// Removes a file, also from the disk; fine if it is not there. Blocks.
func removeFile(_ path: String) throws(FileError) {
    guard unsafe unlink(path) == 0 else {
        guard [ENOENT, ENOTDIR].contains(errno) else { throw FileError("unlink") }
        return
    }
    if let slash = path.lastIndex(of: "/") { try synchronize(folder: String(path[..<slash])) }
}
