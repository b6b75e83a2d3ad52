package import FoundationEssentials

/// Where the files of agreements are kept.
package protocol ObjectStorage: Sendable {
    /// Stores a file, in place of one that has the key already. It is there whole, or not at all.
    ///
    /// - Throws: `storageUnavailable` when the storage can't be reached; `storageUploadFailed` when it says no.
    func put(_ file: StoredFile, at key: ObjectKey) async throws(AccordError)

    /// What is known of a file without reading it; nil where there is none.
    ///
    /// - Throws: As `put(_:at:)`.
    func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject?

    /// The SHA-256 of a file in lower-case hexadecimal, for which all of it is read; nil where there is none.
    ///
    /// - Throws: As `put(_:at:)`.
    func sha256(of key: ObjectKey) async throws(AccordError) -> String?

    /// Copies a file within the storage, in place of one that has the other key already.
    ///
    /// - Returns: Whether there was one to be copied.
    /// - Throws: As `put(_:at:)`.
    func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Bool

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
    /// - Throws: As `put(_:at:)`.
    func delete(_ key: ObjectKey) async throws(AccordError)

    /// A link under which anyone can download a file for a while, by a plain GET.
    ///
    /// The download gets the name `fileName`. The link works for `expiresIn`, at most 86,400 seconds. Nothing is
    /// asked of the storage, so the link of a file that is not there is made just the same.
    func downloadURL(of key: ObjectKey, fileName: String, expiresIn: Duration) throws(AccordError) -> String

    /// Proves that the storage answers.
    ///
    /// - Throws: `storageUnavailable`.
    func checkReadiness() async throws(AccordError)
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
