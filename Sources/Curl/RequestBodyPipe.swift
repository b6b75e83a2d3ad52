internal import Synchronization

/// The way a streamed body takes from a task to libcurl's thread, with back-pressure in both directions: a producer that
/// is ahead suspends, a reader that is ahead pauses its transfer.
final class RequestBodyPipe: Sendable {
    private typealias Flow = RequestBodyFlow<CheckedContinuation<Bool, Never>>

    private let flow: Mutex<Flow>
    private let wakeReader: @Sendable () -> Void

    /// - Parameters:
    ///   - length: What the body must come to, in bytes.
    ///   - wakeReader: Called when a reader that was told "not yet" should ask again.
    init(length: Int, wakeReader: @escaping @Sendable () -> Void) {
        self.flow = Mutex(Flow(length: length))
        self.wakeReader = wakeReader
    }

    /// Passes on every chunk, in the caller's task; returns when they are all taken over, when the sequence fails, or
    /// soon after the reader has closed its end.
    func fill<Chunks: AsyncSequence>(from chunks: Chunks) async where Chunks.Element == [UInt8] {
        do {
            var iterator = chunks.makeAsyncIterator()
            // Room first, chunk second: a chunk made without room would be a third one in memory.
            while await hasRoom(), let chunk = try await iterator.next(isolation: #isolation) {
                perform(flow.withLock { $0.put(chunk) })
            }
            perform(flow.withLock { $0.finish() })
        } catch {
            perform(flow.withLock { $0.finish(throwing: error) })
        }
    }

    /// The next chunk, or what there is instead. For the reader's thread.
    func take() -> RequestBodyFlow<CheckedContinuation<Bool, Never>>.Next {
        let (next, effect) = flow.withLock { $0.take() }
        perform(effect)
        return next
    }

    /// Ends the producer's work. For the reader's thread.
    func close() {
        perform(flow.withLock { $0.close() })
    }

    private func hasRoom() async -> Bool {
        // No cancellation handler: a cancelled request is taken off the loop, which closes the pipe.
        await withCheckedContinuation { continuation in
            perform(flow.withLock { $0.requestRoom(continuation) })
        }
    }

    /// Outside the lock: resuming takes the runtime's own locks.
    private func perform(_ effect: Flow.Effect) {
        switch effect {
        case .none: break
        case .admit(let producer): producer.resume(returning: true)
        case .dismiss(let producer): producer.resume(returning: false)
        case .wakeReader: wakeReader()
        }
    }
}
