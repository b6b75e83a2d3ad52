/// Where the files of agreements are kept.
package protocol ObjectStorage: Sendable {
    /// Stores a file, in place of one that has the key already. It is there whole, or not at all.
    ///
    /// - Throws: `storageUnavailable` when the storage can't be reached; `storageUploadFailed` when it says no.
    func put(_ file: StoredFile, at key: ObjectKey) async throws(AccordError)

    /// Removes a file. One that is not there is removed already.
    ///
    /// - Throws: `storageUnavailable`, also when the storage says no.
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
