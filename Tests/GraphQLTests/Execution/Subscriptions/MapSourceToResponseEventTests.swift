import GraphQL
import Testing

/// Spec: 6.2.3.2 MapSourceToResponseEvent(), 6.2.3.3 Unsubscribe()
@Suite struct MapSourceToResponseEventTests {
    @Test func `each event has a response, and the stream ends with its source`() async throws {
        let service = try SubscriptionService()
        service.context.ticks.send(1, nil, 3)
        service.context.ticks.finish()
        let responses = try await service.responses(to: "subscription { t: ticks }")
        #expect(responses == [#"{"data":{"t":1}}"#, #"{"data":{"t":null}}"#, #"{"data":{"t":3}}"#])
    }

    @Test func `a source without events has no responses`() async throws {
        let service = try SubscriptionService()
        service.context.ticks.finish()
        #expect(try await service.responses(to: "subscription { ticks }").isEmpty)
    }

    @Test func `an error in one event doesn't end the stream`() async throws {
        let service = try SubscriptionService()
        service.context.ticks.send(1, nil, 3)
        service.context.ticks.finish()
        let responses = try await service.responses(to: "subscription { strictTicks }")
        #expect(
            responses == [
                #"{"data":{"strictTicks":1}}"#,
                #"{"data":null,"errors":[{"message":"No tick.","locations":[{"line":1,"column":16}],"path":["strictTicks"]}]}"#,
                #"{"data":{"strictTicks":3}}"#,
            ])
    }

    @Test func `an error of the source ends the stream with that error`() async throws {
        let service = try SubscriptionService()
        service.context.ticks.send(1)
        service.context.ticks.finish(throwing: GraphQLError("The source has dried up."))
        var responses = try await service.subscribe("subscription { ticks }").get().makeAsyncIterator()
        #expect(try await responses.next()?.text == #"{"data":{"ticks":1}}"#)
        await #expect(throws: GraphQLError("The source has dried up.")) { _ = try await responses.next() }
        #expect(try await responses.next() == nil)
        #expect(service.context.ticks.ended == ["failed"])
    }

    @Test func `what a failed stream tells the client hides what it must`() throws {
        let service = try SubscriptionService()
        let known = service.schema.response(toFailureOf: GraphQLError("Dry."), context: service.context)
        let unknown = service.schema.response(toFailureOf: UnknownFault(), context: nil)
        #expect(known.text == #"{"errors":[{"message":"Dry."}]}"#)
        #expect(unknown.text == #"{"errors":[{"message":"Internal server error."}]}"#)
    }

    // MARK: One at a time

    @Test func `an event is asked for when its response is`() async throws {
        let service = try SubscriptionService()
        let stream = try await service.subscribe("subscription { pulled }").get()
        #expect(service.context.pullCount == 0)
        var responses = stream.makeAsyncIterator()
        #expect(service.context.pullCount == 0)
        for count in 1...3 {
            #expect(try await responses.next()?.text == #"{"data":{"pulled":\#(count)}}"#)
            #expect(service.context.pullCount == count)
        }
    }

    @Test func `a stream is iterated once`() async throws {
        let service = try SubscriptionService()
        let stream = try await service.subscribe("subscription { pulled }").get()
        var first = stream.makeAsyncIterator()
        var second = stream.makeAsyncIterator()
        #expect(try await second.next() == nil)
        #expect(try await first.next() != nil)
    }

    // MARK: Unsubscribing

    @Test func `the source ends when the consumer stops asking`() async throws {
        let service = try SubscriptionService()
        service.context.ticks.send(1, 2, 3)
        let stream = try await service.subscribe("subscription { ticks }").get()
        for try await _ in stream {
            #expect(service.context.ticks.ended.isEmpty)
            break
        }
        // The stream is still there, but its iterator is not.
        #expect(service.context.ticks.ended == ["cancelled"])
        withExtendedLifetime(stream) {}
    }

    @Test func `the source ends when nobody has asked`() async throws {
        let service = try SubscriptionService()
        do {
            let stream = try await service.subscribe("subscription { ticks }").get()
            #expect(service.context.ticks.ended.isEmpty)
            withExtendedLifetime(stream) {}
        }
        #expect(service.context.ticks.ended == ["cancelled"])
    }

    @Test func `the source ends when the task is cancelled that waits for an event`() async throws {
        let service = try SubscriptionService()
        let stream = try await service.subscribe("subscription { ticks }").get()
        let task = Task {
            for try await _ in stream {}
        }
        task.cancel()
        try await task.value
        #expect(service.context.ticks.ended == ["cancelled"])
    }

    @Test func `cancellation reaches a source that waits`() async throws {
        let service = try SubscriptionService()
        let stream = try await service.subscribe("subscription { waiting }").get()
        let task = Task {
            for try await _ in stream {}
        }
        await service.context.somebodyWaits()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test func `an event whose execution is cut short has no response, and the source ends`() async throws {
        let service = try SubscriptionService()
        service.context.messages.send(Message(text: "a"), Message(text: "b"))
        let stream = try await service.subscribe(#"subscription { messages(room: "r") { stuck } }"#).get()
        let task = Task {
            var count = 0
            for try await _ in stream { count += 1 }
            return count
        }
        await service.context.somebodyWaits()
        task.cancel()
        #expect(try await task.value == 0)
        #expect(service.context.messages.ended == ["cancelled"])
    }

    @Test @MainActor func `a stream can be consumed on an actor`() async throws {
        let service = try SubscriptionService()
        service.context.messages.send(Message(text: "a"), Message(text: "b"))
        service.context.messages.finish()
        #expect(
            try await service.responses(to: "subscription { slowTexts }")
                == [#"{"data":{"slowTexts":"slow a"}}"#, #"{"data":{"slowTexts":"slow b"}}"#])
    }
}
