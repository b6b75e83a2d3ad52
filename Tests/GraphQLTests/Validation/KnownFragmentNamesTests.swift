import Testing

@testable import GraphQL

@Suite struct KnownFragmentNamesTests {
    private let rule = ValidationRule.knownFragmentNames

    @Test(arguments: [
        "{ human(id: 4) { ...A ... on Human { ...B } ... { name } } } fragment A on Human { name ...C } fragment B on Human { name } fragment C on Human { name }"
    ])
    func `spreads of fragments that are defined`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ human(id: 4) { ...U1 ... on Human { ...U2 } } } fragment A on Human { name ...U3 ...A }",
                [
                    #"1:21 Unknown fragment "U1"."#,
                    #"1:42 Unknown fragment "U2"."#,
                    #"1:81 Unknown fragment "U3"."#,
                ]
            )
        ] as [(String, [String])])
    func `spreads of unknown fragments are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
