import Testing

@testable import GraphQL

@Suite struct UniqueDirectivesPerLocationTests {
    private let rule = ValidationRule.uniqueDirectivesPerLocation

    @Test(arguments: [
        "{ dog @onField { name @onField } human @onField { name } }",
        #"{ dog @tag(name: "a") @tag(name: "b") { name } }"#,
        "{ dog @unknown @unknown { name } }",
    ])
    func `directives once, or repeatable, or unknown`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog @onField @onField { name } }",
                [
                    #"1:7 1:16 The directive "@onField" can only be used once at this location."#
                ]
            ),
            (
                #"{ dog @onField @tag(name: "") @onField @skip(if: true) @onField @skip(if: true) { name } }"#,
                [
                    #"1:7 1:31 The directive "@onField" can only be used once at this location."#,
                    #"1:7 1:56 The directive "@onField" can only be used once at this location."#,
                    #"1:40 1:65 The directive "@skip" can only be used once at this location."#,
                ]
            ),
            (
                "query ($a: Int @onVariableDefinition @onVariableDefinition) @onQuery @onQuery { ...F @onFragmentSpread @onFragmentSpread } fragment F on QueryRoot @onFragmentDefinition @onFragmentDefinition { ... @onInlineFragment @onInlineFragment { __typename } }",
                [
                    #"1:16 1:38 The directive "@onVariableDefinition" can only be used once at this location."#,
                    #"1:61 1:70 The directive "@onQuery" can only be used once at this location."#,
                    #"1:86 1:104 The directive "@onFragmentSpread" can only be used once at this location."#,
                    #"1:148 1:170 The directive "@onFragmentDefinition" can only be used once at this location."#,
                    #"1:198 1:216 The directive "@onInlineFragment" can only be used once at this location."#,
                ]
            ),
        ] as [(String, [String])])
    func `directives repeated in one place are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
