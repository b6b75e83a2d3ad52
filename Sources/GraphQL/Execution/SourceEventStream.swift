/// The events of a subscription's root field, of a type that only the resolver's binding knows.
///
/// Spec: 6.2.3.1 Source Stream
@usableFromInline protocol SourceEventStream: Sendable {
    /// Begins to wait for events.
    func makeIterator() -> any SourceEventIterator
}

/// Waits for one event after the other. When it is released, nobody waits any more, and the source may end.
@usableFromInline protocol SourceEventIterator: AnyObject {
    /// Waits for the next event and begins its execution; nil at the end of the stream.
    func next(isolation actor: isolated (any Actor)?, for subscription: Subscription) async throws -> Execution?
}

/// The source stream that a resolver returned.
@usableFromInline struct SourceEvents<Events: AsyncSequence & Sendable>: SourceEventStream {
    private let events: Events

    @usableFromInline init(_ events: Events) { self.events = events }

    @usableFromInline func makeIterator() -> any SourceEventIterator { Iterator(events.makeAsyncIterator()) }

    private final class Iterator: SourceEventIterator {
        private var iterator: Events.AsyncIterator

        init(_ iterator: Events.AsyncIterator) { self.iterator = iterator }

        func next(
            isolation actor: isolated (any Actor)?, for subscription: Subscription
        ) async throws -> Execution? {
            guard let event = try await iterator.next(isolation: actor) else { return nil }
            // The root field is bound to this type: the binder makes its resolvers and the source stream together.
            return unsafe withUnsafePointer(to: event) { unsafe subscription.beginEvent(UnsafeRawPointer($0)) }
        }
    }
}

/// Makes the source stream of a subscription's root field.
///
/// Spec: 6.2.3.1 ResolveFieldEventStream()
@usableFromInline struct SourceEventResolver: Sendable {
    /// Takes the context and the coerced arguments, by the position of their definition.
    @usableFromInline
    typealias Function = @Sendable (any AnyObject & Sendable, [Value?]) async throws -> any SourceEventStream

    let resolveFieldEventStream: Function

    @usableFromInline init(_ resolve: @escaping Function) { resolveFieldEventStream = resolve }
}
