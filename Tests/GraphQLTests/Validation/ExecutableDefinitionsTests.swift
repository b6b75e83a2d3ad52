import Testing

@testable import GraphQL

@Suite struct ExecutableDefinitionsTests {
    private let rule = ValidationRule.executableDefinitions

    @Test(arguments: [
        "{ dog { name } }",
        "{ dog { name ...F } } fragment F on Dog { name }",
    ])
    func `operations and fragments are executable`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog { name } } type Cow { name: String } extend type Dog { color: String }",
                [
                    #"1:18 The "Cow" definition is not executable."#,
                    #"1:44 The "Dog" definition is not executable."#,
                ]
            ),
            (
                "schema { query: Q } extend schema @a type Q { a: Q } directive @d on FIELD",
                [
                    "1:1 The schema definition is not executable.",
                    "1:21 The schema definition is not executable.",
                    #"1:38 The "Q" definition is not executable."#,
                    #"1:54 The "d" definition is not executable."#,
                ]
            ),
        ] as [(String, [String])])
    func `other definitions are not executable`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
