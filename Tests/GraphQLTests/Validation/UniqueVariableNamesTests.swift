import Testing

@testable import GraphQL

@Suite struct UniqueVariableNamesTests {
    private let rule = ValidationRule.uniqueVariableNames

    @Test(arguments: [
        "query A($x: Int, $y: String) { __typename } query B($x: String, $y: Int) { __typename }"
    ])
    func `variables with different names`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query A($x: Int, $y: Int, $x: String, $x: Int, $y: Int) { __typename } query B($ x: String, $x: Int) { __typename }",
                [
                    #"1:10 1:28 1:40 There can be only one variable named "$x"."#,
                    #"1:19 1:49 There can be only one variable named "$y"."#,
                    #"1:82 1:94 There can be only one variable named "$x"."#,
                ]
            ),
            (
                "query ($ # x\nx: Int, $\u{FEFF}x: Int) { __typename }",
                [#"2:1 2:11 There can be only one variable named "$x"."#]
            ),
        ] as [(String, [String])])
    func `variables with the same name are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
