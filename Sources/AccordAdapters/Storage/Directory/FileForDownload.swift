import Glibc

/// An open file: it can be read to its end even if it is removed or replaced meanwhile.
final class FileForDownload: Sendable {
    private let descriptor: Int32
    /// The number of bytes.
    let size: Int

    /// Opens a file. Blocks.
    ///
    /// - Returns: Nil where there is none.
    init?(path: String) throws(FileError) {
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let error = FileError("open")
            size = 0
            if [ENOENT, ENOTDIR].contains(error.code) { return nil }
            throw error
        }
        var information = stat()
        guard unsafe fstat(descriptor, &information) == 0 else {
            let error = FileError("fstat")
            close(descriptor)
            size = 0
            throw error
        }
        size = Int(information.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Reads up to `count` bytes from an offset; none at the end. Blocks.
    func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
        var result = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            repeat {
                result = unsafe pread(descriptor, buffer.baseAddress, count, offset)
            } while result < 0 && errno == EINTR
            initializedCount = max(result, 0)
        }
        guard result >= 0 else { throw FileError("pread") }
        return bytes
    }
}

/// The content of an open file, or a part of it, chunk by chunk. Each iterator begins at the first byte of it.
struct FileChunks: AsyncSequence, Sendable {
    let file: FileForDownload
    /// The positions of the first and the last byte; nil for all.
    let range: ClosedRange<Int>?

    static let chunkSize = 256 << 10

    struct AsyncIterator: AsyncIteratorProtocol {
        let file: FileForDownload
        var offset: Int
        let end: Int

        mutating func next() async throws(any Error) -> [UInt8]? {
            let (file, offset, count) = (file, offset, Swift.min(FileChunks.chunkSize, end - offset))
            guard count > 0 else { return nil }
            let bytes = try await FileThread.run { () throws(FileError) in
                try file.read(at: offset, count: count)
            }
            self.offset += bytes.count
            return bytes.isEmpty ? nil : bytes
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        let end = range.map { $0.upperBound + 1 } ?? file.size
        return AsyncIterator(file: file, offset: range?.lowerBound ?? 0, end: Swift.min(end, file.size))
    }
}
