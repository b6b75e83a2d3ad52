/// Binds the fields of the subscription root to streams of events.
///
/// ```swift
/// schema.subscription { subscription in
///     subscription.stream("messageAdded", Argument<String>("room")) { context, room in context.messages(in: room) }
/// }
/// ```
///
/// A field has two resolvers: one makes the source stream, once for each subscription; the other makes the field's value
/// from an event. Unless it is given, the event is the value.
///
/// Events are asked for one at a time, when the last one's response has been taken. What comes faster waits in the
/// source, which decides how much it keeps. The source learns that nobody waits any more as every asynchronous sequence
/// does: the task that awaits the next event is cancelled, or the iterator is released.
///
/// Spec: 6.2.3 Subscription
@usableFromInline package struct SubscriptionBinder<Context: AnyObject & Sendable>: ~Copyable {
    @usableFromInline let type: TypeID
    @usableFromInline var bindings: Bindings

    @usableFromInline init(_ type: TypeID, _ bindings: Bindings) {
        self.type = type
        self.bindings = bindings
    }

    /// Binds a field whose values are the events themselves.
    ///
    /// An error that `subscribe` throws is a request error; one that the stream throws ends the response stream.
    @inlinable
    package mutating func stream<each Input: InputValue, Events: AsyncSequence & Sendable>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        subscribe: @escaping @Sendable (Context, repeat each Input) async throws -> Events
    ) where Events.Element: OutputValue {
        bindField(of: Events.Element.self) { $0.field(name) { event in event } }
        bindSource(name, repeat each arguments, subscribe: subscribe)
    }

    /// Binds a field whose value is made from an event at once.
    @inlinable
    package mutating func stream<
        each Input: InputValue, Events: AsyncSequence & Sendable, Output: OutputValue
    >(
        _ name: String, _ arguments: repeat Argument<each Input>,
        subscribe: @escaping @Sendable (Context, repeat each Input) async throws -> Events,
        resolve: @escaping @Sendable (Events.Element, Context, repeat each Input) throws -> Output
    ) where Events.Element: Sendable {
        bindField(of: Events.Element.self) { $0.field(name, repeat each arguments, resolve: resolve) }
        bindSource(name, repeat each arguments, subscribe: subscribe)
    }

    /// Binds a field whose value is awaited for each event.
    @inlinable
    package mutating func stream<
        each Input: InputValue, Events: AsyncSequence & Sendable, Output: OutputValue
    >(
        _ name: String, _ arguments: repeat Argument<each Input>,
        subscribe: @escaping @Sendable (Context, repeat each Input) async throws -> Events,
        resolve: @escaping @Sendable (Events.Element, Context, repeat each Input) async throws -> Output
    ) where Events.Element: Sendable {
        bindField(of: Events.Element.self) { $0.field(name, repeat each arguments, resolve: resolve) }
        bindSource(name, repeat each arguments, subscribe: subscribe)
    }

    /// Binds the resolver of a field's value, whose parent is the event.
    @inlinable
    mutating func bindField<Event: Sendable>(
        of event: Event.Type, _ bind: (inout ObjectBinder<Event, Context>) -> Void
    ) {
        var binder = ObjectBinder<Event, Context>(type, bindings)
        bind(&binder)
        bindings = binder.bindings
    }

    @inlinable
    mutating func bindSource<each Input: InputValue, Events: AsyncSequence & Sendable>(
        _ name: String, _ arguments: repeat Argument<each Input>,
        subscribe: @escaping @Sendable (Context, repeat each Input) async throws -> Events
    ) {
        // That there is none was reported with the field's resolver.
        guard let field = bindings.knownField(name, of: type) else { return }
        let located = (repeat bindings.argument(each arguments, of: field))
        bindings.bindSource(
            of: field,
            to: SourceEventResolver { context, values in
                let context = unsafe unsafeDowncast(context, to: Context.self)
                let inputs = (repeat try (each located).value(in: values))
                let events = try await subscribe(context, repeat each inputs)
                return SourceEvents(events)
            })
    }
}
