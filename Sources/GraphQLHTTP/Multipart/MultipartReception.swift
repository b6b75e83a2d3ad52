import HTTPTypes
import NIOCore
import Synchronization

/// The arrival of one multipart request: `operations`, `map`, then the files.
///
/// One task calls `read` and feeds the body; another waits for `operations` and executes them while the files still
/// arrive. No more than what has come along with `operations` and `map` is taken until somebody asks for a file.
final class MultipartReception: Sendable {
    private struct State {
        var bodyBytes = 0
        /// Why the body was not read to its end.
        var refusal: HTTPRefusal?
        var isRestUnwanted = false
        var isFileWanted = false
        var isGivenUp = false
    }

    private let configuration: GraphQLHTTPConfiguration
    private let contentLength: Int?
    private let deadline: ContinuousClock.Instant?
    private let operationsArrival = Arrival<MultipartOperations, HTTPRefusal>()
    /// Arrives when it is known whether the rest of the body is wanted.
    private let demand = Arrival<Void, Never>()
    /// Arrives when nothing more is read.
    private let readingEnd = Arrival<Void, Never>()
    private let state = Mutex(State())

    /// Makes a reception of a body that has `contentLength` bytes, if it says so; what still arrives at `deadline` is too
    /// slow.
    init(configuration: GraphQLHTTPConfiguration, contentLength: Int?, deadline: ContinuousClock.Instant? = nil) {
        self.configuration = configuration
        self.contentLength = contentLength
        self.deadline = deadline
        // Not worth stopping for: it is read from the connection as it is.
        if let contentLength, contentLength <= BodyWindow.unasked.size { demand.arrive(.success(())) }
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

    /// Whether somebody has asked for one of the files.
    var isFileWanted: Bool { state.withLock(\.isFileWanted) }

    /// Whether what the body was for has been given up.
    var isGivenUp: Bool { state.withLock(\.isGivenUp) }

    /// Says that nobody waits for anything any more: not even for the client to notice.
    func giveUp() {
        state.withLock { $0.isGivenUp = true }
    }

    /// Waits until nothing more is read of the body, or the task is cancelled.
    func readingEnded() async {
        _ = await readingEnd.outcome()
    }

    /// The status that the answer must have because of how the body arrived, whatever was executed.
    var status: HTTPResponse.Status? {
        switch state.withLock({ $0.refusal?.status }) {
        case .contentTooLarge?: .contentTooLarge
        case .requestTimeout?: .requestTimeout
        default: nil
        }
    }

    /// Says that nobody needs what is still to come.
    func dropRest() {
        state.withLock { $0.isRestUnwanted = true }
        demand.arrive(.success(()))
    }

    /// Reads the body until it ends, or nobody wants more of it, or it is refused.
    ///
    /// Whatever has not arrived by then is reported as missing or interrupted to those who wait for it.
    func read(_ body: WindowedBody, with parser: MultipartParser) async -> RestOfBody {
        var intake = MultipartIntake(
            parser: parser, configuration: configuration, contentLength: contentLength, window: body.window,
            operations: operationsArrival,
            // The files are held by what arrives here: they must not hold this, or nobody would let go of them.
            fileIsWanted: { [weak self] in self?.wantFile() })
        defer {
            intake.end()
            readingEnd.arrive(.success(()))
        }
        do {
            var chunks = body.makeAsyncIterator()
            while await isMoreWanted() {
                guard let chunk = try await chunks.next(isolation: #isolation) else { return .none }
                state.withLock { $0.bodyBytes += chunk.readableBytes }
                if let deadline, .now > deadline { throw SlowBody() }
                try await intake.take(Array(chunk.readableBytesView))
            }
            return .begun(bytes: state.withLock(\.bodyBytes))
        } catch let refusal as HTTPRefusal {
            refuse(refusal, &intake)
            return .begun(bytes: state.withLock(\.bodyBytes))
        } catch is SlowBody {
            refuse(.tooSlow, &intake)
            return .abandoned
        } catch {
            return .abandoned
        }
    }

    private func wantFile() {
        state.withLock { $0.isFileWanted = true }
        demand.arrive(.success(()))
    }

    /// Waits, once `operations` and `map` are there, until somebody asks for a file or nobody will.
    private func isMoreWanted() async -> Bool {
        guard operationsArrival.value != nil else { return true }
        _ = await demand.outcome()
        return !state.withLock(\.isRestUnwanted)
    }

    private func refuse(_ refusal: HTTPRefusal, _ intake: inout MultipartIntake) {
        state.withLock { $0.refusal = refusal }
        intake.fail(refusal)
    }
}
