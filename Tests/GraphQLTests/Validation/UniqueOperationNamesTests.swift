import Testing

@testable import GraphQL

@Suite struct UniqueOperationNamesTests {
    private let rule = ValidationRule.uniqueOperationNames

    @Test(arguments: [
        "fragment F on Dog { name }",
        "{ dog { name } }",
        "query A { dog { name } } query B { dog { name } }",
        "{ dog { name } } { dog { name } }",
        "query A { dog { ...A } } fragment A on Dog { name }",
    ])
    func `names may be alike in different kinds of definitions, or missing`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query A { dog { name } } query A { cat { name } }",
                [
                    #"1:7 1:32 There can be only one operation named "A"."#
                ]
            ),
            (
                "query A { dog { name } } subscription A { newDog { name } } query A { cat { name } }",
                [
                    #"1:7 1:39 There can be only one operation named "A"."#,
                    #"1:7 1:67 There can be only one operation named "A"."#,
                ]
            ),
        ] as [(String, [String])])
    func `two operations with one name are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
