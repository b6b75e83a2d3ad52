package import AccordCore
import Crypto
import FoundationEssentials
import Logging
import S3

extension DirectoryObjectStorage {
    /// The SHA-256 of a file is kept nowhere but in its row: it is computed when it is asked for.
    package func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject? {
        try await opened(key).map { StoredObject(size: $0.size, sha256: nil) }
    }

    package func sha256(of key: ObjectKey) async throws(AccordError) -> String? {
        guard let file = try await opened(key) else { return nil }
        do {
            var hash = SHA256()
            for try await chunk in FileChunks(file: file, range: nil) { hash.update(data: chunk) }
            return hash.finalize().hexadecimal
        } catch {
            throw meaning(of: error, "A file can't be read", key)
        }
    }

    /// A second name for the same file: files are never written to once they have their place.
    package func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Certainty? {
        let (source, folder, workshop) = (path(of: key), folder, folder + "/.incoming")
        let components = DirectoryPath(other).components
        do throws(FileError) {
            return try await FileThread.run { () throws(FileError) in
                guard let link = try LinkInTheMaking(to: source, in: workshop) else { return nil }
                try link.publish(under: folder, components: components)
                return .certain
            }
        } catch {
            throw meaning(of: error, "A file was not copied", key)
        }
    }

    /// All in one page. A file whose name is longer than file systems take is not listed: its key can't be told.
    package func list(
        _ prefix: String, from position: String?
    ) async throws(AccordError) -> (objects: [ListedObject], next: String?) {
        let components = DirectoryPath(ObjectKey(stored: prefix)).components.dropLast()
        let root = ([folder] + components).joined(separator: "/")
        do throws(FileError) {
            let files = try await FileThread.run { () throws(FileError) in try filesBelow(root) }
            return (
                files.compactMap { file in
                    guard !file.path.contains("~"), let name = SignedLink.decoded(file.path[...]) else { return nil }
                    let key = prefix + name
                    return ListedObject(
                        key: ObjectKey(stored: key), size: file.size,
                        storedAt: Date(timeIntervalSince1970: Double(file.modified)))
                }, nil
            )
        } catch {
            throw meaning(of: error, "Files can't be listed", nil)
        }
    }

    private func opened(_ key: ObjectKey) async throws(AccordError) -> FileForDownload? {
        let path = path(of: key)
        do throws(FileError) {
            return try await FileThread.run { () throws(FileError) in try FileForDownload(path: path) }
        } catch {
            throw meaning(of: error, "A file can't be looked at", key)
        }
    }
}
