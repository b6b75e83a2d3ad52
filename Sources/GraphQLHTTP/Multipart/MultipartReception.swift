import HTTPTypes
import NIOCore
import Synchronization

/// The arrival of one multipart request: `operations`, `map`, then the files.
///
/// One task calls `read` and feeds the body; another waits for `operations` and executes them while the files still
/// arrive.
final class MultipartReception: Sendable {
    /// How the reading ended.
    enum End: Sendable {
        /// The body was read to its last byte.
        case wholeBody
        /// Bytes of the body are still to come.
        case midway
    }

    private struct State {
        var bodyBytes = 0
        /// When set, bytes are no longer kept, only counted: this many may still come.
        var bytesToDrop: Int?
        var fileWasTooLarge = false
    }

    private let configuration: GraphQLHTTPConfiguration
    /// The length that the client declared.
    private let contentLength: Int?
    private let deadline: ContinuousClock.Instant?
    private let operationsArrival = Arrival<MultipartOperations, HTTPRefusal>()
    private let state = Mutex(State())

    /// Makes a reception; what still arrives at `deadline` is too slow.
    init(configuration: GraphQLHTTPConfiguration, contentLength: Int?, deadline: ContinuousClock.Instant? = nil) {
        self.configuration = configuration
        self.contentLength = contentLength
        self.deadline = deadline
    }

    /// Waits until `operations` and `map` are there.
    func operations() async throws(HTTPRefusal) -> MultipartOperations {
        guard let outcome = await operationsArrival.outcome() else { throw .cutOff }
        return try outcome.get()
    }

    /// What has become of each file that was to come, those aside that nobody knows of yet.
    var fileOutcomes: [Arrival<SpooledFile, UploadError>.Outcome] {
        operationsArrival.value?.files.values.compactMap(\.outcome) ?? []
    }

    /// Whether a file that was to be executed with was refused for its size.
    var fileWasTooLarge: Bool { state.withLock { $0.fileWasTooLarge } }

    /// Stops keeping bytes: nobody needs what is still to come. Returns how long that may take.
    @discardableResult
    func dropRest() -> Duration {
        let drain = configuration.drain
        return state.withLock { state in
            let isKnown = contentLength.map { $0 - state.bodyBytes <= drain.knownBytes } ?? false
            if state.bytesToDrop == nil { state.bytesToDrop = isKnown ? drain.knownBytes : drain.bytes }
            return isKnown ? drain.knownTime : drain.time
        }
    }

    /// Reads the body until it ends, or its rest is too much to drop, or the task is cancelled.
    ///
    /// Whatever has not arrived by then is reported as missing or interrupted to those who wait for it.
    func read(_ body: some AsyncSequence<ByteBuffer, any Error>, with parser: MultipartParser) async -> End {
        var intake = MultipartIntake(parser: parser, configuration: configuration, operations: operationsArrival)
        defer { intake.end() }
        do {
            for try await chunk in body {
                switch count(chunk.readableBytes) {
                case .keep:
                    do throws(HTTPRefusal) {
                        if let deadline, .now > deadline { throw .tooSlow }
                        try await intake.take(Array(chunk.readableBytesView))
                    } catch {
                        state.withLock { $0.fileWasTooLarge = error.status == .contentTooLarge }
                        intake.fail(error)
                        // Whoever is too slow would be too slow with the rest as well.
                        if error.status == .requestTimeout { return .midway }
                        dropRest()
                    }
                case .drop:
                    break
                case .stop:
                    return .midway
                }
            }
            return .wholeBody
        } catch {
            return .midway
        }
    }

    private enum Use {
        case keep, drop, stop
    }

    private func count(_ bytes: Int) -> Use {
        state.withLock { state in
            state.bodyBytes += bytes
            guard let left = state.bytesToDrop else { return .keep }
            state.bytesToDrop = left - bytes
            return left < bytes ? .stop : .drop
        }
    }
}
