/// Names a transfer across threads.
struct TransferID: Hashable, Sendable {
    let number: Int
}

/// How a transfer ended.
enum TransferOutcome: Sendable {
    case response(CurlResponse)
    case failure(CurlError)

    /// The channel was a reused one and gave way before the peer said anything: it had been closed at the other end, and
    /// the request has most likely not been seen.
    case staleChannel(CurlError)
}

/// All that the loop needs to run one transfer, handed from a task to the loop's thread.
struct TransferOrder: Sendable {
    enum Body: Sendable {
        case bytes([UInt8])
        case pipe(RequestBodyPipe, length: Int)
    }

    let id: TransferID
    let request: CurlRequest
    let body: Body
    let onFreshChannel: Bool

    /// Where the response's body goes as it comes; nil when it is collected. Then `completion` gets the whole response,
    /// else its head alone, as soon as that is there.
    let responsePipe: ResponseBodyPipe?
    let completion: CheckedContinuation<TransferOutcome, Never>

    /// Ends an order that never became a transfer.
    func abandon(_ error: CurlError = .cancelled) {
        if case .pipe(let pipe, _) = body { pipe.close() }
        completion.resume(returning: .failure(error))
    }
}
