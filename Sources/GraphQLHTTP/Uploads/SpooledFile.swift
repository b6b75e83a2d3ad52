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
        guard let outcome = await beginReading(range).outcome() else { throw .interrupted }
        return try outcome.get()
    }

    private func beginReading(_ range: Range<Int>) -> Arrival<[UInt8], UploadError> {
        let range = range.clamped(to: 0..<size)
        switch storage {
        case .file(let file):
            return file.beginReading(range)
        case .memory(let bytes):
            let piece = Arrival<[UInt8], UploadError>()
            piece.arrive(.success(Array(bytes[range])))
            return piece
        }
    }

    /// The bytes at the positions `range`, by default all, in pieces of `count` bytes, the last one shorter. They can be
    /// iterated anew.
    package func chunks(ofBytes count: Int, in range: Range<Int>? = nil) -> Chunks {
        Chunks(file: self, chunkBytes: count, range: (range ?? 0..<size).clamped(to: 0..<size))
    }

    /// See `chunks(ofBytes:in:)`.
    package struct Chunks: AsyncSequence, Sendable {
        package typealias Element = [UInt8]
        package typealias Failure = any Error

        fileprivate let file: SpooledFile
        fileprivate let chunkBytes: Int
        fileprivate let range: Range<Int>

        /// A walk from the first byte.
        package func makeAsyncIterator() -> Iterator {
            Iterator(chunks: self)
        }

        /// A walk through the bytes, which reads one piece ahead.
        package struct Iterator: AsyncIteratorProtocol {
            fileprivate let chunks: Chunks
            private var position: Int
            private var piece: Arrival<[UInt8], UploadError>?

            fileprivate init(chunks: Chunks) {
                self.chunks = chunks
                position = chunks.range.lowerBound
                readAhead()
            }

            /// The next piece, nil at the end.
            package mutating func next() async throws -> [UInt8]? {
                guard let piece else { return nil }
                guard let outcome = await piece.outcome() else { throw UploadError.interrupted }
                readAhead()
                return try outcome.get()
            }

            private mutating func readAhead() {
                guard position < chunks.range.upperBound else { return piece = nil }
                let end = Swift.min(position + chunks.chunkBytes, chunks.range.upperBound)
                piece = chunks.file.beginReading(position..<end)
                position = end
            }
        }
    }
}
