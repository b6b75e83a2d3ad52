/// A file that was received whole: in memory when small, else in a temporary file without a name.
///
/// What it holds is given back with the last reference to it.
package struct SpooledFile: Sendable {
    /// The file's name as the client sent it, "upload" when it sent none. It may hold a path or control characters.
    package let fileName: String
    /// The media type that the client declared; nil when it declared none. Nothing has checked it.
    package let contentType: String?
    /// In bytes.
    package let size: Int
    /// SHA-256 of the bytes in lower-case hexadecimal digits.
    package let sha256: String

    let storage: Storage

    /// The name of a file that came without one.
    static let defaultName = "upload"

    enum Storage: Sendable {
        case memory([UInt8])
        case file(TemporaryFile)
    }

    /// The bytes at the positions `range`, which is cut to the file's size.
    ///
    /// Throws `UploadError.notKept` when the temporary file can't be read.
    package func read(_ range: Range<Int>) async throws(UploadError) -> [UInt8] {
        let range = range.clamped(to: 0..<size)
        switch storage {
        case .memory(let bytes): return Array(bytes[range])
        case .file(let file): return try await file.read(range)
        }
    }

    /// The file from beginning to end in pieces of `count` bytes, the last one shorter. It can be iterated anew.
    package func chunks(ofBytes count: Int) -> Chunks {
        Chunks(file: self, chunkBytes: count)
    }

    /// See `chunks(ofBytes:)`.
    package struct Chunks: AsyncSequence, Sendable {
        package typealias Element = [UInt8]
        package typealias Failure = any Error

        fileprivate let file: SpooledFile
        fileprivate let chunkBytes: Int

        /// A walk from the first byte.
        package func makeAsyncIterator() -> Iterator {
            Iterator(chunks: self)
        }

        /// A walk through the file.
        package struct Iterator: AsyncIteratorProtocol {
            fileprivate let chunks: Chunks
            private var position = 0

            fileprivate init(chunks: Chunks) {
                self.chunks = chunks
            }

            /// The next piece, nil at the end.
            package mutating func next() async throws -> [UInt8]? {
                guard position < chunks.file.size else { return nil }
                let piece = try await chunks.file.read(position..<(position + chunks.chunkBytes))
                position += piece.count
                return piece
            }
        }
    }
}
