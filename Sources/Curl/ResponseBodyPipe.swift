internal import Synchronization

/// The way a streamed response takes from libcurl's thread to a task, with back-pressure: a reader that is ahead
/// suspends, a transfer that is ahead pauses.
final class ResponseBodyPipe: Sendable {
    /// How many bytes wait for the reader, about.
    static let limit = 256 << 10

    private typealias Flow = ResponseBodyFlow<CheckedContinuation<ResponseBodyDelivery, Never>>

    private let flow = Mutex(Flow(limit: ResponseBodyPipe.limit))
    private let resumeTransfer: @Sendable () -> Void

    /// - Parameter resumeTransfer: Called when a transfer that was refused room should go on.
    init(resumeTransfer: @escaping @Sendable () -> Void) {
        self.resumeTransfer = resumeTransfer
    }

    /// Whether nothing more comes from the transfer.
    var hasEnded: Bool { flow.withLock { $0.hasEnded } }

    /// Takes bytes over; false when there is no room. For libcurl's thread.
    func put(_ bytes: [UInt8]) -> Bool {
        let (isAccepted, effects) = flow.withLock { $0.put(bytes) }
        perform(effects)
        return isAccepted
    }

    /// Says that the transfer has ended. For libcurl's thread.
    func finish(_ error: CurlError?) {
        perform(flow.withLock { $0.finish(error) })
    }

    /// What there is, for which this waits. A cancelled task is told when its transfer has been taken off the loop.
    func take() async -> ResponseBodyDelivery {
        await withCheckedContinuation { continuation in
            perform(flow.withLock { $0.take(continuation) })
        }
    }

    /// Outside the lock: resuming takes the runtime's own locks.
    private func perform(_ effects: Flow.Effects) {
        if let (reader, what) = effects.delivery { reader.resume(returning: what) }
        if effects.resumesTransfer { resumeTransfer() }
    }
}
