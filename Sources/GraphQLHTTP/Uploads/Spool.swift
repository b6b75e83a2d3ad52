import Crypto
import NIOPosix
import Synchronization

/// Where the bytes of one file go, batch by batch: into a hash and a temporary file, on threads kept for that.
///
/// One batch is hashed and written while the next one is gathered.
final class Spool: Sendable {
    private struct State {
        var hash = SHA256()
        var file: TemporaryFile?
        var size = 0
        /// What is being written, or the room that it took.
        var batch: [UInt8] = []
    }

    private let directory: String
    private let state = Mutex(State())

    /// Makes an empty spool. It has no file in `directory` before the first batch comes.
    init(in directory: String) {
        self.directory = directory
    }

    /// Begins to write `batch`, and leaves an empty one in its place. Nothing else may be asked of the spool until the
    /// outcome has arrived.
    func beginWriting(_ batch: inout [UInt8]) -> Arrival<Void, UploadError> {
        state.withLock { swap(&$0.batch, &batch) }
        let end = Arrival<Void, UploadError>()
        NIOThreadPool.singleton.submit { [self] threads in
            guard case .active = threads else { return end.arrive(.failure(.interrupted)) }
            end.arrive(state.withLock { state in Self.write(&state, directory) })
        }
        return end
    }

    /// The file, if there is one, and the hash of what has been written followed by `rest`.
    func finish(_ rest: [UInt8]) -> (file: TemporaryFile?, sha256: String) {
        state.withLock { state in
            state.hash.update(data: rest)
            return (state.file, state.hash.finalize().lowercaseHexadecimal)
        }
    }

    /// Blocks.
    private static func write(_ state: inout State, _ directory: String) -> Result<Void, UploadError> {
        do throws(UploadError) {
            if state.file == nil { state.file = try TemporaryFile(in: directory) }
            state.hash.update(data: state.batch)
            try state.file?.write(state.batch, at: state.size)
            state.size += state.batch.count
            state.batch.removeAll(keepingCapacity: true)
            return .success(())
        } catch {
            return .failure(error)
        }
    }
}

extension SHA256.Digest {
    var lowercaseHexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
