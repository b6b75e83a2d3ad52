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
        /// What is being written.
        var batch = SpoolBatch()
    }

    private let directory: String
    private let state = Mutex(State())

    /// Makes an empty spool. It has no file in `directory` before the first batch comes.
    init(in directory: String) {
        self.directory = directory
    }

    /// Begins to write `batch`. Nothing else may be asked of the spool until the outcome has arrived.
    func beginWriting(_ batch: SpoolBatch) -> Arrival<Void, UploadError> {
        state.withLock { $0.batch = batch }
        let end = Arrival<Void, UploadError>()
        NIOThreadPool.singleton.submit { [self] threads in
            guard case .active = threads else { return end.arrive(.failure(.interrupted)) }
            end.arrive(state.withLock { state in Self.write(&state, directory) })
        }
        return end
    }

    /// The file, if there is one, and the hash of what has been written followed by `rest`.
    func finish(_ rest: SpoolBatch) -> (file: TemporaryFile?, sha256: String) {
        state.withLock { state in
            for piece in rest.pieces { state.hash.update(data: piece) }
            return (state.file, state.hash.finalize().lowercaseHexadecimal)
        }
    }

    /// Blocks.
    private static func write(_ state: inout State, _ directory: String) -> Result<Void, UploadError> {
        do throws(UploadError) {
            if state.file == nil { state.file = try TemporaryFile(in: directory) }
            for piece in exchange(&state.batch, with: SpoolBatch()).pieces {
                state.hash.update(data: piece)
                try state.file?.write(piece, at: state.size)
                state.size += piece.count
            }
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
