import Testing

@testable import GraphQL

@Suite struct LoneAnonymousOperationTests {
    private let rule = ValidationRule.loneAnonymousOperation

    @Test(arguments: [
        "fragment F on Dog { name }",
        "{ dog { name } }",
        "query A { dog { name } } query B { dog { name } }",
        "{ ...F } fragment F on QueryRoot { dog { name } }",
    ])
    func `one anonymous operation, or several with names`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog { name } } { cat { name } }",
                [
                    "1:1 This anonymous operation must be the only defined operation.",
                    "1:18 This anonymous operation must be the only defined operation.",
                ]
            ),
            (
                "{ dog { name } } query A { cat { name } }",
                [
                    "1:1 This anonymous operation must be the only defined operation."
                ]
            ),
            (
                "query A { cat { name } } subscription { newDog { name } }",
                [
                    "1:26 This anonymous operation must be the only defined operation."
                ]
            ),
        ] as [(String, [String])])
    func `an anonymous operation beside others is refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
