import Testing

@testable import GraphQL

@Suite struct KnownDirectivesTests {
    private let rule = ValidationRule.knownDirectives

    @Test(arguments: [
        "{ dog @here { name @here(a: 1) } } directive @here on FIELD",
        "query ($a: Boolean @onVariableDefinition) @onQuery { human @skip(if: true) { name @onField } ... @onInlineFragment { __typename } ...F @onFragmentSpread } fragment F on QueryRoot @onFragmentDefinition { dog { name @include(if: true) } }",
        "subscription @onSubscription { newDog { name } }",
    ])
    func `directives in their places`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ human @unknown { name @skp(if: true) } ... @one { __typename } }",
                [
                    #"1:9 Unknown directive "@unknown"."#,
                    #"1:25 Unknown directive "@skp"."#,
                    #"1:46 Unknown directive "@one"."#,
                ]
            ),
            (
                "query ($a: Boolean @onField) @onField { human @onQuery { name @onFragmentSpread } ... @onFragmentDefinition { __typename } ...F @onInlineFragment } fragment F on QueryRoot @onVariableDefinition { __typename }",
                [
                    #"1:20 Directive "@onField" may not be used on VARIABLE_DEFINITION."#,
                    #"1:30 Directive "@onField" may not be used on QUERY."#,
                    #"1:47 Directive "@onQuery" may not be used on FIELD."#,
                    #"1:63 Directive "@onFragmentSpread" may not be used on FIELD."#,
                    #"1:87 Directive "@onFragmentDefinition" may not be used on INLINE_FRAGMENT."#,
                    #"1:129 Directive "@onInlineFragment" may not be used on FRAGMENT_SPREAD."#,
                    #"1:173 Directive "@onVariableDefinition" may not be used on FRAGMENT_DEFINITION."#,
                ]
            ),
            (
                "mutation @onQuery { a } subscription @onQuery @deprecated { newDog { name } }",
                [
                    #"1:10 Directive "@onQuery" may not be used on MUTATION."#,
                    #"1:38 Directive "@onQuery" may not be used on SUBSCRIPTION."#,
                    #"1:47 Directive "@deprecated" may not be used on SUBSCRIPTION."#,
                ]
            ),
            (
                "query @here { dog { name } } directive @here on FIELD",
                [
                    #"1:7 Directive "@here" may not be used on QUERY."#
                ]
            ),
            (
                "{ __typename } type T @onField @deprecated { a(b: Int @here): Int @there } enum E { A @skip(if: true) }",
                [
                    #"1:23 Directive "@onField" may not be used on OBJECT."#,
                    #"1:32 Directive "@deprecated" may not be used on OBJECT."#,
                    #"1:55 Unknown directive "@here"."#,
                    #"1:67 Unknown directive "@there"."#,
                    #"1:87 Directive "@skip" may not be used on ENUM_VALUE."#,
                ]
            ),
        ] as [(String, [String])])
    func `unknown and misplaced directives are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
