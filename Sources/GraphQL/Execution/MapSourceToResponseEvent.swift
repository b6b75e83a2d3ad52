import Synchronization

/// The responses of a subscription, one for each event.
///
/// An event is asked for when its response is, and executed before the next one is asked for: there is never more than
/// one on its way.
///
/// - An execution error is in its event's response, and the stream goes on.
/// - The stream ends when the source ends. When the source fails, the stream throws what the source threw;
///   `ExecutableSchema.response(toFailureOf:context:)` makes it what a client may see.
/// - To unsubscribe, cancel the task that awaits the next response, or stop asking: the source's iterator is released
///   with the stream's. Of an event whose execution was cut short there is no response.
///
/// A stream can be iterated once. Another iterator ends at once.
///
/// Spec: 6.2.3.2 Response Stream, 6.2.3.3 Unsubscribe()
package struct ResponseStream: AsyncSequence, Sendable {
    package typealias Element = Response
    package typealias Failure = any Error

    private let source: UnstartedSource
    private let subscription: Subscription

    fileprivate init(_ source: any SourceEventStream, _ subscription: Subscription) {
        self.source = UnstartedSource(source)
        self.subscription = subscription
    }

    package func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source.take()?.makeIterator(), subscription)
    }

    /// Asks for one response after the other.
    package struct AsyncIterator: AsyncIteratorProtocol {
        /// Nil when the stream has ended, so that the source learns of it.
        private var source: (any SourceEventIterator)?
        private let subscription: Subscription

        fileprivate init(_ source: (any SourceEventIterator)?, _ subscription: Subscription) {
            self.source = source
            self.subscription = subscription
        }

        /// The response to the next event; nil when the source has ended or the task is cancelled.
        package mutating func next(isolation actor: isolated (any Actor)? = #isolation) async throws -> Response? {
            guard let source else { return nil }
            // Whatever happens now but a response ends the stream.
            self.source = nil
            guard !Task.isCancelled, let execution = try await source.next(isolation: actor, for: subscription)
            else { return nil }
            let response = await subscription.completeEvent(execution)
            guard !Task.isCancelled else { return nil }
            self.source = source
            return response
        }
    }
}

/// A source stream until its events are asked for: the response stream must not keep it alive for longer than the
/// iterator does.
private final class UnstartedSource: Sendable {
    private let source: Mutex<(any SourceEventStream)?>

    init(_ source: any SourceEventStream) { self.source = Mutex(source) }

    func take() -> (any SourceEventStream)? {
        source.withLock { source in
            defer { source = nil }
            return source
        }
    }
}

extension Subscription {
    /// The stream of responses to the events of a source stream.
    ///
    /// Spec: 6.2.3.2 MapSourceToResponseEvent()
    func mapSourceToResponseEvent(_ source: any SourceEventStream) -> ResponseStream {
        ResponseStream(source, self)
    }
}

extension ExecutableSchema {
    /// The response that tells a client why a response stream has failed.
    package func response(toFailureOf error: any Error, context: Context?) -> Response {
        let shown = error as? GraphQLError ?? GraphQLError("Internal server error.")
        return response(to: RequestErrors(.resolver(error), [shown]), context: context)
    }
}
