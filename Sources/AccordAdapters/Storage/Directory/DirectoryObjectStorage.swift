package import AccordCore
package import Crypto
package import FoundationEssentials
package import Logging

/// Files in a folder on disk, downloaded from this server under signed links.
///
/// For a first run and for small installations. The folder is one file system, and one server's. A file is there whole
/// and synchronized to disk, or not at all.
package struct DirectoryObjectStorage: ObjectStorage {
    let folder: String
    let links: SignedLink
    let now: @Sendable () -> Date
    let logger: Logger

    /// Where files are while they are written. No key leads there; see `DirectoryPath`.
    private var workshop: String { folder + "/.incoming" }

    /// Makes the store, and its folder if missing. Blocks for a moment; meant for start-up.
    ///
    /// - Parameters:
    ///   - folder: Its path. Only this user may enter a folder made here.
    ///   - baseURL: Where clients reach this server (`http://127.0.0.1:8080`), without a slash at the end. Asked for each
    ///     link, since a server may learn its port only when it listens.
    ///   - secret: Signs the links; a new one makes the links there are invalid.
    ///   - logger: Gets the causes of the errors thrown.
    ///   - now: The clock by which links expire.
    /// - Throws: `storageUnavailable` when the folder can't be made.
    package init(
        folder: String, baseURL: @escaping @autoclosure @Sendable () -> String, secret: SymmetricKey, logger: Logger,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws(AccordError) {
        self.folder = folder
        self.links = SignedLink(baseURL: baseURL, secret: secret)
        self.now = now
        self.logger = logger
        do {
            try FileManager.default.createDirectory(
                atPath: workshop, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            logger.error("The storage folder can't be made", metadata: ["folder": "\(folder)", "cause": "\(error)"])
            throw .storageUnavailable
        }
    }

    @discardableResult
    package func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) -> Certainty {
        do {
            let workshop = workshop
            let copy = try await FileThread.run { () throws(FileError) in try FileInTheMaking(in: workshop) }
            for try await chunk in file.chunks {
                try await FileThread.run { () throws(FileError) in try copy.write(chunk) }
            }
            let (folder, path) = (folder, DirectoryPath(key))
            try await FileThread.run { () throws(FileError) in
                try copy.publish(under: folder, components: path.components)
            }
            return .certain
        } catch {
            throw meaning(of: error, "A file was not stored", key)
        }
    }

    @discardableResult
    package func delete(_ key: ObjectKey) async throws(AccordError) -> Certainty {
        let path = path(of: key)
        do throws(FileError) {
            try await FileThread.run { () throws(FileError) in try removeFile(path) }
            return .certain
        } catch {
            throw meaning(of: error, "A file was not removed", key)
        }
    }

    package func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent? {
        guard let file = try await file(key) else {
            logger.error("The file of an agreement is missing", metadata: ["key": "\(key)"])
            return nil
        }
        return StoredContent(size: file.size, sha256: nil, chunks: FileChunks(file: file, range: range))
    }

    package func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
    ) throws(AccordError) -> String {
        links.url(
            key: key, fileName: fileName, expires: time.addingTimeInterval(Double(expiresIn.components.seconds)))
    }

    package func linkLifetime(_ wanted: Duration, at time: Date) -> Duration { wanted }

    package func checkReadiness() async throws(AccordError) {
        let workshop = workshop
        do throws(FileError) {
            // Making a file, and removing it again, asks for all that storing one needs.
            _ = try await FileThread.run { () throws(FileError) in try FileInTheMaking(in: workshop) }
        } catch {
            _ = meaning(of: error, "The storage folder can't be used", nil)
            throw .storageUnavailable
        }
    }

    /// Opens a file; nil where there is none.
    func file(_ key: ObjectKey) async throws(AccordError) -> FileForDownload? {
        let path = path(of: key)
        do throws(FileError) {
            return try await FileThread.run { () throws(FileError) in try FileForDownload(path: path) }
        } catch {
            _ = meaning(of: error, "A file can't be read", key)
            throw .storageUnavailable
        }
    }

    func path(of key: ObjectKey) -> String {
        folder + "/" + DirectoryPath(key).components.joined(separator: "/")
    }

    /// Translates an error and logs its cause.
    func meaning(of error: any Error, _ event: Logger.Message, _ key: ObjectKey?) -> AccordError {
        let meaning: AccordError =
            switch error {
            case let error as FileError: error.isRefusal ? .storageUploadFailed : .storageUnavailable
            case is CancellationError: .timeout
            default: .internalError
            }
        var metadata: Logger.Metadata = ["cause": "\(error)"]
        if let key { metadata["key"] = "\(key)" }
        logger.log(level: meaning == .timeout ? .notice : .error, event, metadata: metadata)
        return meaning
    }
}
