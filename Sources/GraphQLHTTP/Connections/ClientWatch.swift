package import NIOCore

/// Learns of what ends a request from outside: its client goes away, or the server stops and can't wait any more.
///
/// Sent through a connection's pipeline as an outbound event, where a `ClientWatchHandler` takes it up.
package struct ClientWatch: Sendable {
    package enum End: Sendable {
        case clientHasGone
        case serverStops
    }

    /// Told once at most what has ended the request.
    let onEnd: @Sendable (End) -> Void

    /// Calls `onEnd`, on the event loop, when something ends the request that `channel` has brought. The next request of
    /// the connection takes its place.
    package static func begin(on channel: any Channel, onEnd: @escaping @Sendable (End) -> Void) {
        channel.triggerUserOutboundEvent(ClientWatch(onEnd: onEnd), promise: nil)
    }

    /// Waits for the end of a request that `channel` has brought; nil when the task is cancelled.
    package static func end(of channel: any Channel) async -> End? {
        let (stream, continuation) = AsyncStream<End>.makeStream()
        begin(on: channel) { end in
            continuation.yield(end)
            continuation.finish()
        }
        return await stream.first { _ in true }
    }
}
