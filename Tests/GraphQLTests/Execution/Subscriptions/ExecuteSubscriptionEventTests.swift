import GraphQL
import Testing

/// An event is executed as a query is, with the event as the initial value.
///
/// Spec: 6.2.3.2 ExecuteSubscriptionEvent()
@Suite struct ExecuteSubscriptionEventTests {
    @Test(
        arguments: [
            (
                #"subscription { messages(room: "r") { text words } }"#, [],
                [
                    #"{"data":{"messages":{"text":"a b","words":["a","b"]}}}"#,
                    #"{"data":{"messages":{"text":"bad","words":["bad"]}}}"#,
                ]
            ),
            (
                #"subscription { messages(room: "r") { text failing } }"#, [],
                [
                    #"{"data":{"messages":{"text":"a b","failing":null}},"errors":[{"message":"No.","locations":[{"line":1,"column":43}],"path":["messages","failing"]}]}"#,
                    #"{"data":{"messages":{"text":"bad","failing":null}},"errors":[{"message":"No.","locations":[{"line":1,"column":43}],"path":["messages","failing"]}]}"#,
                ]
            ),
            (
                #"subscription { messages(room: "r") { next { text } strictFailing } }"#, [],
                [
                    #"{"data":{"messages":{"next":{"text":"a b+"},"strictFailing":"fine"}}}"#,
                    #"{"data":{"messages":null},"errors":[{"message":"No.","locations":[{"line":1,"column":52}],"path":["messages","strictFailing"]}]}"#,
                ]
            ),
            (
                #"subscription { messages(room: "r") { slow next { slow next { slow } } } }"#, [],
                [
                    #"{"data":{"messages":{"slow":"slow a b","next":{"slow":"slow a b+","next":{"slow":"slow a b++"}}}}}"#,
                    #"{"data":{"messages":{"slow":"slow bad","next":{"slow":"slow bad+","next":{"slow":"slow bad++"}}}}}"#,
                ]
            ),
            (
                "subscription { texts }", [],
                [
                    #"{"data":{"texts":"a b"}}"#,
                    #"{"data":null,"errors":[{"message":"Bad text.","locations":[{"line":1,"column":16}],"path":["texts"]}]}"#,
                ]
            ),
            (
                "subscription($room: String) { texts(room: $room) }", [ObjectField("room", .string("x"))],
                [
                    #"{"data":{"texts":"x: a b"}}"#,
                    #"{"data":null,"errors":[{"message":"Bad text.","locations":[{"line":1,"column":31}],"path":["texts"]}]}"#,
                ]
            ),
            (
                "subscription { slowTexts }", [],
                [#"{"data":{"slowTexts":"slow a b"}}"#, #"{"data":{"slowTexts":"slow bad"}}"#]
            ),
            (
                "subscription { fact { __typename text ... on Message { words } } }", [],
                [
                    #"{"data":{"fact":{"__typename":"Message","text":"a b","words":["a","b"]}}}"#,
                    #"{"data":{"fact":{"__typename":"Message","text":"bad","words":["bad"]}}}"#,
                ]
            ),
            (
                #"subscription($on: Boolean!) { messages(room: "r") { text @skip(if: $on) words @include(if: $on) } }"#,
                [ObjectField("on", .boolean(true))],
                [#"{"data":{"messages":{"words":["a","b"]}}}"#, #"{"data":{"messages":{"words":["bad"]}}}"#]
            ),
            (
                #"subscription($on: Boolean!) { messages(room: "r") { text @skip(if: $on) words @include(if: $on) } }"#,
                [ObjectField("on", .boolean(false))],
                [#"{"data":{"messages":{"text":"a b"}}}"#, #"{"data":{"messages":{"text":"bad"}}}"#]
            ),
        ] as [(String, [ObjectField], [String])])
    func `an event is executed`(document: String, variables: [ObjectField], expected: [String]) async throws {
        let service = try SubscriptionService()
        service.context.messages.send(Message(text: "a b"), Message(text: "bad"))
        service.context.messages.finish()
        #expect(try await service.responses(to: document, variables: variables) == expected)
    }

    @Test func `awaited fields of an event are resolved in one batch`() async throws {
        let service = try SubscriptionService()
        service.context.messages.send(Message(text: "a"), Message(text: "b"))
        service.context.messages.finish()
        _ = try await service.responses(
            to: #"subscription { messages(room: "r") { ...F } } fragment F on Message { slow again: slow }"#)
        #expect(
            service.context.noted == [
                "messages in r", #"slow ["a"]"#, #"slow ["a"]"#, #"slow ["b"]"#, #"slow ["b"]"#,
            ])
    }
}
