/// Who waits for whom while a request's body passes from its producer, a task, to its reader, libcurl's thread: one
/// place for one chunk, and the rules around it.
///
/// A plain value: each event is a function that says what to do next, and ``RequestBodyPipe`` does it. `Producer` stands
/// for a waiting producer (its continuation; in tests, a number).
struct RequestBodyFlow<Producer> {
    enum Effect {
        case none
        /// Tell the waiting producer to bring the next chunk.
        case admit(Producer)
        /// Tell the waiting producer that nobody wants another.
        case dismiss(Producer)
        /// Tell the reader, which was told ``Next/notYet``, to ask again.
        case wakeReader
    }

    enum Next {
        case chunk([UInt8])
        case notYet
        case end
        case failed(CurlError)
    }

    private enum Ending {
        case complete
        case failed(CurlError)
    }

    private let length: Int
    private var acceptedBytes = 0
    private var chunk: [UInt8]?
    private var ending: Ending?
    private var isClosed = false
    private var isReaderWaiting = false
    private var producer: Producer?

    /// - Parameter length: What the body must come to, in bytes.
    init(length: Int) {
        self.length = length
    }

    /// The producer asks whether it may make the next chunk. One that has to wait is kept until the place is free.
    mutating func requestRoom(_ producer: Producer) -> Effect {
        guard !isClosed, ending == nil else { return .dismiss(producer) }
        guard chunk != nil else { return .admit(producer) }
        self.producer = producer
        return .none
    }

    /// The producer, once admitted, brings a chunk. An empty one is passed over: to libcurl it would mean the end.
    mutating func put(_ next: [UInt8]) -> Effect {
        guard !isClosed, ending == nil, !next.isEmpty else { return .none }
        acceptedBytes += next.count
        if acceptedBytes > length {
            ending = .failed(.invalidRequest("The body is longer than the \(length) bytes announced."))
        } else {
            chunk = next
        }
        return wakeReaderIfWaiting()
    }

    /// The producer has no more, or failed. Too little counts as a failure: the peer would wait for the rest.
    mutating func finish(throwing error: (any Error)? = nil) -> Effect {
        guard !isClosed, ending == nil else { return .none }
        if let error {
            ending = .failed(.bodyFailed(error))
        } else if acceptedBytes < length {
            ending = .failed(.invalidRequest("The body ended after \(acceptedBytes) of \(length) bytes."))
        } else {
            ending = .complete
        }
        return wakeReaderIfWaiting()
    }

    /// The reader asks for the next chunk. A failure overtakes a chunk still waiting.
    mutating func take() -> (next: Next, effect: Effect) {
        if case .failed(let error) = ending { return (.failed(error), .none) }
        if let next = chunk {
            chunk = nil
            return (.chunk(next), releaseProducer(Effect.admit))
        }
        guard ending == nil else { return (.end, .none) }
        isReaderWaiting = true
        return (.notYet, .none)
    }

    /// The reader is gone: the transfer ended, however it did.
    mutating func close() -> Effect {
        isClosed = true
        chunk = nil
        return releaseProducer(Effect.dismiss)
    }

    private mutating func releaseProducer(_ effect: (Producer) -> Effect) -> Effect {
        guard let waiting = producer else { return .none }
        producer = nil
        return effect(waiting)
    }

    private mutating func wakeReaderIfWaiting() -> Effect {
        guard isReaderWaiting else { return .none }
        isReaderWaiting = false
        return .wakeReader
    }
}
