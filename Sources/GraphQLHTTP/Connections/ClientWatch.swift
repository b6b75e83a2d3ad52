/// Waits for a client to go away.
///
/// Sent through a connection's pipeline as an outbound event, where a `ClientWatchHandler` takes it up.
struct ClientWatch: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Says that the client has gone.
    func clientHasGone() {
        continuation.finish()
    }

    /// Waits until the client has gone, or until the task is cancelled.
    func untilClientHasGone() async {
        for await _ in stream {}
    }
}
