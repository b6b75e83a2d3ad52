package import FoundationEssentials

/// Where the files of agreements are kept.
package protocol ObjectStorage: Sendable {
    /// Stores a file, in place of one that has the key already. It is there whole, or not at all.
    ///
    /// - Parameters:
    ///   - file: Its content.
    ///   - key: Where it goes.
    ///   - fileName: The name that it downloads under, where the storage doesn't heed what a link says.
    /// - Returns: Whether that was the last of it.
    /// - Throws: `storageUnavailable` when the storage can't be reached; `storageUploadFailed` when it says no.
    @discardableResult
    func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) -> Certainty

    /// What is known of a file without reading it; nil where there is none.
    ///
    /// - Throws: As `put(_:at:)`, also when all files are out of sight: a missing bucket is no missing file.
    func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject?

    /// The SHA-256 of a file in lower-case hexadecimal, for which all of it is read; nil where there is none.
    ///
    /// - Throws: As `put(_:at:)`.
    func sha256(of key: ObjectKey) async throws(AccordError) -> String?

    /// Copies a file within the storage, in place of one that has the other key already.
    ///
    /// - Returns: Whether that was the last of it; nil where there was none to be copied.
    /// - Throws: As `put(_:at:)`.
    func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Certainty?

    /// Some of the files whose keys begin with `prefix`, which ends in a slash.
    ///
    /// - Parameters:
    ///   - prefix: What the keys begin with.
    ///   - position: Where the page before ended; nil for the first.
    /// - Returns: The files, and where the next page begins; nil after the last.
    /// - Throws: As `put(_:at:)`.
    func list(
        _ prefix: String, from position: String?
    ) async throws(AccordError) -> (objects: [ListedObject], next: String?)

    /// Removes a file. One that is not there is removed already.
    ///
    /// - Returns: Whether that was the last of it.
    /// - Throws: As `put(_:at:)`.
    @discardableResult
    func delete(_ key: ObjectKey) async throws(AccordError) -> Certainty

    /// Begins to read a file, or a part of it.
    ///
    /// - Parameters:
    ///   - key: Of the file.
    ///   - range: The positions of the first and the last byte wanted; nil for all.
    /// - Returns: The content; nil where there is none.
    /// - Throws: `storageUnavailable`, also when the storage says no.
    func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent?

    /// A link under which anyone can download a file for a while, by a plain GET.
    ///
    /// The download gets the name `fileName`. The link works from `time`, in whole seconds, for as long as
    /// `linkLifetime(_:at:)` says of `expiresIn`, at most 86,400 seconds. Nothing is asked of the storage, so the link of
    /// a file that is not there is made just the same.
    ///
    /// - Throws: `storageUnavailable` when no link could work.
    func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
    ) throws(AccordError) -> String

    /// How long a link that is made at `time` works when it shall work for `wanted`: not longer than what it is signed
    /// with. Whole seconds; zero or less when no link would work.
    func linkLifetime(_ wanted: Duration, at time: Date) -> Duration

    /// Proves that the storage answers.
    ///
    /// - Throws: `storageUnavailable`.
    func checkReadiness() async throws(AccordError)
}

/// Whether a request that changed something in a storage is over.
package enum Certainty: Hashable, Sendable {
    /// It was sent as often as it was answered: nothing of it can take effect any more.
    case certain
    /// It succeeded, but was sent before without an answer: it may take effect once more, later.
    case doubtful

    package init(_ isCertain: Bool) { self = isCertain ? .certain : .doubtful }
}

extension ObjectStorage {
    /// Stores a file that downloads under the last component of its key.
    package func put(_ file: StoredFile, at key: ObjectKey) async throws(AccordError) {
        let name = key.description.split(separator: "/").last.map { String($0) } ?? ""
        try await put(file, at: key, fileName: name)
    }
}

/// A file that is being read, or a part of it.
package struct StoredContent: Sendable {
    /// The whole file's size in bytes.
    package let size: Int
    /// The whole file's SHA-256 in lower-case hexadecimal; nil where the storage doesn't know it.
    package let sha256: String?
    /// The bytes, as they come. They can be read once, and let go at any time.
    package let chunks: any AsyncSequence<[UInt8], any Error> & Sendable
    /// Ends whatever brings them; whoever waits for a chunk then is told by an error.
    package let cancel: @Sendable () -> Void

    package init(
        size: Int, sha256: String?, chunks: any AsyncSequence<[UInt8], any Error> & Sendable,
        cancel: @escaping @Sendable () -> Void = {}
    ) {
        self.size = size
        self.sha256 = sha256
        self.chunks = chunks
        self.cancel = cancel
    }
}

/// What a storage knows of a file without reading it.
package struct StoredObject: Hashable, Sendable {
    /// In bytes.
    package let size: Int
    /// The SHA-256 that the file was stored with, in lower-case hexadecimal; nil where the storage doesn't know it.
    package let sha256: String?

    package init(size: Int, sha256: String?) {
        self.size = size
        self.sha256 = sha256
    }
}

/// A file as a storage lists it.
package struct ListedObject: Hashable, Sendable {
    package let key: ObjectKey
    /// In bytes.
    package let size: Int
    /// When it was stored.
    package let storedAt: Date

    package init(key: ObjectKey, size: Int, storedAt: Date) {
        self.key = key
        self.size = size
        self.storedAt = storedAt
    }
}

extension ObjectStorage {
    /// Whether a file is there, and has this size and this SHA-256.
    func holds(_ key: ObjectKey, size: Int, sha256: String) async throws(AccordError) -> Bool {
        guard let object = try await head(key), object.size == size else { return false }
        // Files from earlier have no SHA-256 with them.
        if let known = object.sha256 { return known == sha256 }
        return try await self.sha256(of: key) == sha256
    }
}
