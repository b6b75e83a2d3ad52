package import NIOCore

/// Waits for what ends a request from outside: its client goes away, or the server stops and can't wait any more.
///
/// Sent through a connection's pipeline as an outbound event, where a `ClientWatchHandler` takes it up.
package struct ClientWatch: Sendable {
    package enum End: Sendable {
        case clientHasGone
        case serverStops
    }

    private let stream: AsyncStream<End>
    private let continuation: AsyncStream<End>.Continuation

    private init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    /// Says what has ended the request. Only the first call counts.
    func end(_ end: End) {
        continuation.yield(end)
        continuation.finish()
    }

    /// Waits for the end of a request that `channel` brought; nil when the task is cancelled.
    package static func end(of channel: any Channel) async -> End? {
        let watch = ClientWatch()
        channel.triggerUserOutboundEvent(watch, promise: nil)
        return await watch.stream.first { _ in true }
    }
}
