import Testing

@testable import GraphQL

@Suite struct SingleFieldSubscriptionsTests {
    private let rule = ValidationRule.singleFieldSubscriptions

    @Test(arguments: [
        "subscription A { newDog { name } }",
        "subscription A { ...F } fragment F on Subscription { newDog { name } ...F }",
        "{ dog { name } cat { name } }",
        "subscription A { a: newDog { name } a: newDog { barks } }",
        "subscription A { newDog { name ... on Cat { meows } barks @skip(if: true) } }",
    ])
    func `a subscription of one field`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "subscription A { newDog { name } newCat { name } }",
                [
                    #"1:34 Subscription "A" must select only one top level field."#
                ]
            ),
            (
                "subscription { newDog { name } ... { newCat { name } a: newCat { name } } }",
                [
                    "1:38 1:54 Anonymous Subscription must select only one top level field."
                ]
            ),
            (
                "subscription A { ...F newDog { name } } fragment F on Subscription { newCat { name } ...G } fragment G on Subscription { b: newDog { name } newCat { meows } }",
                [
                    #"1:122 1:23 Subscription "A" must select only one top level field."#
                ]
            ),
            (
                "subscription A { __typename }",
                [
                    #"1:18 Subscription "A" must not select an introspection top level field."#
                ]
            ),
            (
                "subscription { newDog { name } __typename t: __typename }",
                [
                    "1:32 1:43 Anonymous Subscription must select only one top level field.",
                    "1:32 Anonymous Subscription must not select an introspection top level field.",
                    "1:43 Anonymous Subscription must not select an introspection top level field.",
                ]
            ),
        ] as [(String, [String])])
    func `more than one root field, or a meta-field, is refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }

    @Test(
        arguments: [
            (
                "subscription A { newDog @skip(if: true) { name } }",
                [#"1:25 Subscription "A" must not use `@skip` or `@include` directives in the top level selection."#]
            ),
            (
                "subscription { ...F @include(if: false) ... @onInlineFragment { newDog @include(if: $a) { name } } } fragment F on Subscription { newCat @skip(if: false) { name } }",
                [
                    "1:21 1:138 1:72 Anonymous Subscription must not use `@skip` or `@include` directives in the top level selection."
                ]
            ),
        ] as [(String, [String])])
    func `conditions at the root of a subscription are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
