import GraphQLHTTP
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Connections of another kind, those included that come when the server is about to stop listening, or has stopped.
///
/// When the listener is closed while a connection is set up, SwiftNIO drops what was made of the connection. One of its
/// asynchronous channels that nobody handles ends the whole process when it goes, and with it every request that still
/// runs. So here it is closed and handled.
struct AcceptedChannel<Base: ServerChildChannel>: ServerChildChannel {
    let base: Base
    let listener: Listener

    /// What was made of a connection, handled or not.
    final class Value: ServerChildChannelValue {
        fileprivate let value: Base.Value
        fileprivate let isHandled = Atomic(false)
        private let listener: Listener
        private let handle: @Sendable () async -> Void

        var channel: any Channel { value.channel }

        fileprivate init(
            _ value: Base.Value, from listener: Listener, handle: @escaping @Sendable () async -> Void
        ) {
            self.value = value
            self.listener = listener
            self.handle = handle
        }

        deinit {
            guard !isHandled.load(ordering: .relaxed) else { return }
            listener.admitted()
            value.channel.close(promise: nil)
            // A task of its own, since nobody waits for it: it ends as soon as it finds the channel closed.
            Task { [handle] in await handle() }
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        listener.admit(channel)
        let value = base.setup(channel: channel, logger: logger)
        value.whenFailure { [listener] _ in listener.admitted() }
        return value.map { [base, listener] value in
            Value(value, from: listener) { await base.handle(value: value, logger: logger) }
        }
    }

    func handle(value: Value, logger: Logger) async {
        value.isHandled.store(true, ordering: .relaxed)
        listener.admitted()
        await withTaskExecutorPreference(EventLoopExecutor(value.channel.eventLoop)) {
            await base.handle(value: value.value, logger: logger)
        }
    }
}
