import Testing

@testable import GraphQL

@Suite struct UniqueFragmentNamesTests {
    private let rule = ValidationRule.uniqueFragmentNames

    @Test(arguments: [
        "{ ...A ...B } fragment A on QueryRoot { dog { name } } fragment B on QueryRoot { dog { name } }",
        "query A { ...A } fragment A on QueryRoot { dog { name } }",
        "{ ... { __typename } ... { __typename } }",
    ])
    func `fragments with different names`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ ...A } fragment A on QueryRoot { dog { name } } fragment A on QueryRoot { cat { name } } fragment A on Dog { name }",
                [
                    #"1:19 1:60 There can be only one fragment named "A"."#,
                    #"1:19 1:101 There can be only one fragment named "A"."#,
                ]
            ),
            (
                "fragment A on Dog { name } fragment A on Dog { name }",
                [
                    #"1:10 1:37 There can be only one fragment named "A"."#
                ]
            ),
        ] as [(String, [String])])
    func `two fragments with one name are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
