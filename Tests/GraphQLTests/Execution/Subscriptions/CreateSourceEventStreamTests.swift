import GraphQL
import Testing

/// Spec: 6.2.3.1 CreateSourceEventStream()
@Suite struct CreateSourceEventStreamTests {
    @Test(
        arguments: [
            ("subscription { ticks }", [], "ticks from 0 -"),
            ("subscription { ticks(from: 7, kind: LARGE) }", [], "ticks from 7 LARGE"),
            ("subscription($n: Int!) { ticks(from: $n) }", [ObjectField("n", .int(3))], "ticks from 3 -"),
            ("subscription($n: Int! = 5) { ticks(from: $n) }", [], "ticks from 5 -"),
            (
                "subscription($k: Kind) { x: ticks(kind: $k) }", [ObjectField("k", .string("SMALL"))],
                "ticks from 0 SMALL"
            ),
            (
                "subscription { ...F } fragment F on Subscription { ... { messages(room: \"a\") { text } } }", [],
                "messages in a"
            ),
        ] as [(String, [ObjectField], String)])
    func `the root field's resolver gets its arguments`(
        document: String, variables: [ObjectField], note: String
    ) async throws {
        let service = try SubscriptionService()
        _ = try await service.subscribe(document, variables: variables).get()
        #expect(service.context.noted == [note])
    }

    @Test(
        arguments: [
            (
                #"subscription { refused(reason: "Closed.") }"#, [],
                #"{"errors":[{"message":"Closed.","locations":[{"line":1,"column":16}],"path":["refused"],"extensions":{"code":"NO"}}]}"#
            ),
            (
                #"subscription { a: refused(reason: "Closed.") a: refused(reason: "Closed.") }"#, [],
                #"{"errors":[{"message":"Closed.","locations":[{"line":1,"column":16},{"line":1,"column":46}],"path":["a"],"extensions":{"code":"NO"}}]}"#
            ),
            (
                "subscription { refused }", [],
                #"{"errors":[{"message":"Internal server error.","locations":[{"line":1,"column":16}],"path":["refused"]}]}"#
            ),
            (
                "subscription($n: Int!) { ticks(from: $n) }", [],
                #"{"errors":[{"message":"Variable \"$n\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":14}]}]}"#
            ),
            (
                "subscription($n: Int = 1) { ticks(from: $n) }", [ObjectField("n", .null)],
                #"{"errors":[{"message":"Argument \"from\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":41}],"path":["ticks"]}]}"#
            ),
            (
                "{ none }", [],
                #"{"errors":[{"message":"Only a subscription can be subscribed to; this operation is executed."}]}"#
            ),
        ] as [(String, [ObjectField], String)])
    func `without a source stream there is a request error`(
        document: String, variables: [ObjectField], response: String
    ) async throws {
        let result = try await SubscriptionService().subscribe(document, variables: variables)
        #expect(throws: RefusedSubscription(response: response)) { try result.get() }
    }

    @Test(arguments: [
        ("subscription { ticks strictTicks }", "Anonymous Subscription must select only one top level field."),
        (
            "subscription S { ticks @include(if: true) }",
            "Subscription \"S\" must not use `@skip` or `@include` directives in the top level selection."
        ),
        (
            "subscription { __typename }",
            "Anonymous Subscription must not select an introspection top level field."
        ),
    ])
    func `validation makes sure of one root field`(document: String, message: String) throws {
        let prepared = try SubscriptionService().schema.prepare(document, operationName: nil)
        guard case .failure(let errors) = prepared else {
            Issue.record("\(document) was accepted.")
            return
        }
        #expect(errors.errors.map(\.message) == [message])
    }

    @Test func `a subscription can't be executed once`() async throws {
        let service = try SubscriptionService()
        let operation = try service.schema.prepare("subscription { ticks }", operationName: nil).get()
        let response = await service.schema.execute(operation, context: service.context)
        #expect(
            response.text
                == #"{"errors":[{"message":"A subscription has a stream of responses: it is subscribed to, not executed."}]}"#
        )
        #expect(response.isRequestError)
        #expect(service.context.noted.isEmpty)
    }

    @Test(arguments: [(2, false), (1, true)])
    func `a subscription may cost what an execution may`(limit: Int, isRefused: Bool) async throws {
        var limits = Limits()
        limits.complexity = limit
        let service = try SubscriptionService(limits: limits)
        let result = try await service.subscribe(#"subscription { messages(room: "a") { next { text } } }"#)
        let response =
            #"{"errors":[{"message":"The operation has a complexity of 2; the limit is 1.","locations":[{"line":1,"column":1}]}]}"#
        #expect(isRefused ? result.refusal == response : result.refusal == nil)
        #expect(service.context.noted == (isRefused ? [] : ["messages in a"]))
    }

    @Test func `every gap between the subscription root and its streams is named`() throws {
        let sdl = "type Query { a: Int } type Subscription { a(x: Int!): Int b: Int! c: Int d: [Int] }"
        let schema = try Schema(Document(parsing: sdl))
        #expect {
            _ = try ExecutableSchema<SubscriptionContext>(schema) { schema in
                schema.query { query in query.field("a") { _ -> Int? in nil } }
                schema.subscription { subscription in
                    subscription.stream("a", Argument<Int>("y")) { context, _ in
                        context.ticks.events()
                    } resolve: { tick, _, _ in
                        tick
                    }
                    subscription.stream("b") { context in context.ticks.events() }
                    subscription.stream("e") { context in context.ticks.events() }
                }
            }
        } throws: { error in
            (error as? BindingErrors)?.problems == [
                "The resolver takes Subscription.a(y:), but the schema has no such argument.",
                "Subscription.b is Int! in the schema, but its resolver returns an optional Int.",
                "Subscription.e has a resolver, but the schema has no such field.",
                "Subscription.c has no source stream.",
                "Subscription.d has no source stream.",
            ]
        }
    }

    @Test func `streams need a subscription root`() throws {
        #expect {
            _ = try ExecutableSchema<SubscriptionContext>(Schema(Document(parsing: "type Query { a: Int }"))) {
                schema in
                schema.query { query in query.field("a") { _ -> Int? in nil } }
                schema.subscription { subscription in
                    subscription.stream("a") { context in context.ticks.events() }
                }
            }
        } throws: { error in
            (error as? BindingErrors)?.problems == ["Fields of a root type are bound that the schema doesn't have."]
        }
    }
}
