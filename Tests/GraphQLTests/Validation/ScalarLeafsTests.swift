import Testing

@testable import GraphQL

@Suite struct ScalarLeafsTests {
    private let rule = ValidationRule.scalarLeafs

    @Test(arguments: [
        "{ dog { barks } }",
        "{ dog { isHouseTrained(atOtherHomes: true) mother { barks } } pet { __typename } }",
        "{ unknown { a } dog { unknown } }",
    ])
    func `leaves have no selection set, other fields do`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog }",
                [
                    #"1:3 Field "dog" of type "Dog" must have a selection of subfields. Did you mean "dog { ... }"?"#
                ]
            ),
            (
                "{ human { pets relatives } }",
                [
                    #"1:11 Field "pets" of type "[Pet]" must have a selection of subfields. Did you mean "pets { ... }"?"#,
                    #"1:16 Field "relatives" of type "[Human]!" must have a selection of subfields. Did you mean "relatives { ... }"?"#,
                ]
            ),
            (
                "{ dog { barks { sinceWhen } } }",
                [
                    #"1:15 Field "barks" must not have a selection since type "Boolean" has no subfields."#
                ]
            ),
            (
                "{ dog { nickname: name @include(if: true) { isHidden } } }",
                [
                    #"1:43 Field "name" must not have a selection since type "String" has no subfields."#
                ]
            ),
            (
                "{ cat { furColor { inHexDec } } }",
                [
                    #"1:18 Field "furColor" must not have a selection since type "FurColor" has no subfields."#
                ]
            ),
            (
                "{ dog { __typename { a } } }",
                [
                    #"1:20 Field "__typename" must not have a selection since type "String!" has no subfields."#
                ]
            ),
        ] as [(String, [String])])
    func `missing and superfluous selection sets are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
