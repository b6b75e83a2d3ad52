/// Who waits for whom while a response's body passes from libcurl's thread to its reader, a task: one buffer with a
/// limit, and the rules around it.
///
/// A plain value, as ``RequestBodyFlow`` is: each event says what to do next, and ``ResponseBodyPipe`` does it. `Reader`
/// stands for a waiting reader (its continuation; in tests, a number).
struct ResponseBodyFlow<Reader> {
    /// What an event asks for.
    struct Effects {
        /// Tell a waiting reader what it gets.
        var delivery: (reader: Reader, what: ResponseBodyDelivery)?
        /// Tell the transfer, which was refused room, to go on.
        var resumesTransfer = false
    }

    private let limit: Int
    private var buffer: [UInt8] = []
    /// Set once the transfer has ended: whole, or with an error.
    private var ending: ResponseBodyDelivery?
    private var isTransferPaused = false
    private var reader: Reader?

    /// - Parameter limit: At this many bytes or more nothing further is taken in. One piece of libcurl's may exceed it.
    init(limit: Int) {
        self.limit = limit
    }

    /// Whether the transfer has ended.
    var hasEnded: Bool { ending != nil }

    /// The transfer brings bytes.
    ///
    /// - Returns: False when there is no room for them: the transfer keeps them, and pauses.
    mutating func put(_ bytes: [UInt8]) -> (isAccepted: Bool, effects: Effects) {
        guard ending == nil else { return (true, Effects()) }
        if let waiting = reader {
            reader = nil
            return (true, Effects(delivery: (waiting, .bytes(bytes))))
        }
        guard buffer.count < limit else {
            isTransferPaused = true
            return (false, Effects())
        }
        buffer += bytes
        return (true, Effects())
    }

    /// The transfer has ended; with an error, the body is not whole. Only the first call counts.
    mutating func finish(_ error: CurlError? = nil) -> Effects {
        guard ending == nil else { return Effects() }
        let end = error.map(ResponseBodyDelivery.failure) ?? .end
        ending = end
        isTransferPaused = false
        guard let waiting = reader else { return Effects() }
        reader = nil
        return Effects(delivery: (waiting, end))
    }

    /// The reader asks for what there is. What came before an error is given out first.
    mutating func take(_ reader: Reader) -> Effects {
        if !buffer.isEmpty {
            let effects = Effects(delivery: (reader, .bytes(buffer)), resumesTransfer: isTransferPaused)
            buffer = []
            isTransferPaused = false
            return effects
        }
        if let ending { return Effects(delivery: (reader, ending)) }
        precondition(self.reader == nil, "A response's body has one reader.")
        self.reader = reader
        return Effects()
    }
}

/// What a reader of a response's body gets.
enum ResponseBodyDelivery: Sendable {
    case bytes([UInt8])
    case end
    case failure(CurlError)
}
