import NIOCore

/// Waits for a client to go away.
///
/// Sent through a connection's pipeline as an outbound event, where a `ClientWatchHandler` takes it up.
struct ClientWatch: Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    private init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Says that the client has gone.
    func clientHasGone() {
        continuation.finish()
    }

    /// Waits until the client at the other end of `channel` has gone, or until the task is cancelled.
    static func untilClientHasGone(from channel: any Channel) async {
        let watch = ClientWatch()
        channel.triggerUserOutboundEvent(watch, promise: nil)
        for await _ in watch.stream {}
    }
}
