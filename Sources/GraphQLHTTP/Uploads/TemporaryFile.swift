import Glibc
import NIOPosix

/// A file without a name: the system removes it when the last reference goes or the process ends.
final class TemporaryFile: Sendable {
    private let descriptor: Int32

    /// Creates an empty file in `directory`, readable by nobody else. Blocks.
    init(in directory: String) throws(UploadError) {
        var descriptor = unsafe open(directory, O_RDWR | O_DIRECTORY | __O_TMPFILE | O_CLOEXEC, 0o600)
        // Some file systems of networks and containers have no such files.
        if descriptor < 0, errno == EOPNOTSUPP || errno == EISDIR { descriptor = Self.makeAndUnlink(in: directory) }
        guard descriptor >= 0 else { throw .notKept(errno: errno) }
        self.descriptor = descriptor
    }

    /// Giving back the room of a large file takes a while, too.
    deinit {
        NIOThreadPool.singleton.submit { [descriptor] _ in close(descriptor) }
    }

    /// Creates a file that has a name for a moment. A process killed in that moment leaves it behind, empty.
    private static func makeAndUnlink(in directory: String) -> Int32 {
        var path = Array((directory + "/accord-XXXXXX").utf8CString)
        return unsafe path.withUnsafeMutableBufferPointer { path -> Int32 in
            guard let base = path.baseAddress else { return -1 }
            let descriptor = unsafe mkstemp(base)
            guard descriptor >= 0 else { return descriptor }
            _ = unsafe unlink(base)
            // A child process must not inherit it.
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
            return descriptor
        }
    }

    /// Writes `bytes` at `offset`. Blocks.
    func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(UploadError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe pwrite(
                    descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written, offset + written)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .notKept(errno: errno) }
            written += count
        }
    }

    /// Begins to read the bytes at `range`, which lies within the file, on a thread kept for that.
    func beginReading(_ range: Range<Int>) -> Arrival<[UInt8], UploadError> {
        let bytes = Arrival<[UInt8], UploadError>()
        NIOThreadPool.singleton.submit { [self] threads in
            guard case .active = threads else { return bytes.arrive(.failure(.interrupted)) }
            do throws(UploadError) {
                bytes.arrive(.success(try read(range)))
            } catch {
                bytes.arrive(.failure(error))
            }
        }
        return bytes
    }

    /// Reads the bytes at `range`, which lies within the file. Blocks.
    private func read(_ range: Range<Int>) throws(UploadError) -> [UInt8] {
        var failure: Int32?
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
            while count < range.count {
                let read = unsafe pread(
                    descriptor, buffer.baseAddress?.advanced(by: count), range.count - count, range.lowerBound + count)
                if read < 0, errno == EINTR { continue }
                guard read > 0 else {
                    failure = read < 0 ? errno : EIO
                    return
                }
                count += read
            }
        }
        if let failure { throw .notKept(errno: failure) }
        return bytes
    }
}
