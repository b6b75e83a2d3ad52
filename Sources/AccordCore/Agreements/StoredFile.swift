/// A file that has arrived whole and lies somewhere the process can read it again: in memory or on disk.
package struct StoredFile: Sendable {
    /// The number of bytes.
    package let size: Int
    /// The SHA-256 of the content, in lower-case hexadecimal.
    package let sha256: String
    /// The first bytes: at least `PDFCheck.windowLength`, or all of a shorter file.
    package let head: [UInt8]
    /// The last bytes: at least `PDFCheck.windowLength`, or all of a shorter file.
    package let tail: [UInt8]
    /// The content at these positions, in order. It can be read more than once; each iterator starts at the first byte.
    package let slice: @Sendable (Range<Int>) -> any AsyncSequence<[UInt8], any Error> & Sendable

    package init(
        size: Int, sha256: String, head: [UInt8], tail: [UInt8],
        slice: @escaping @Sendable (Range<Int>) -> any AsyncSequence<[UInt8], any Error> & Sendable
    ) {
        self.size = size
        self.sha256 = sha256
        self.head = head
        self.tail = tail
        self.slice = slice
    }

    /// All of the content. See `slice`.
    package var chunks: any AsyncSequence<[UInt8], any Error> & Sendable { slice(0..<size) }
}

/// A file that a client is sending: its bytes may still be on their way.
package protocol IncomingFile: Sendable {
    /// The name the client gave it, as sent. Not safe for anything; see `FileName`.
    var suggestedName: String { get }

    /// Waits for the last byte.
    ///
    /// - Throws: `fileTooLarge` as soon as the limit is passed; `badUserInput` when the body ends early or is
    ///   malformed.
    func received() async throws(AccordError) -> StoredFile
}
