import Testing

@testable import GraphQL

@Suite struct NoUnusedVariablesTests {
    private let rule = ValidationRule.noUnusedVariables

    @Test(arguments: [
        "query ($a: Int, $b: [String]) { args { int(value: $a) complex(value: {stringListField: $b}) } }",
        "query Foo($a: Int, $b: Boolean!) { args { ...F @skip(if: $b) } } fragment F on ComplicatedArgs { int(value: $a) ...F }",
        "query Foo($a: Int) { unknown(anything: [{deep: $a}]) }",
    ])
    func `variables that are used somewhere`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query ($a: Int, $b: Int) { args { int(value: $a) } }",
                [
                    #"1:17 Variable "$b" is never used."#
                ]
            ),
            (
                "query Foo($a: Int, $b: Int, $c: Int) { args { ...F } } query Bar($a: Int, $b: Int) { args { int(value: $b) } } fragment F on ComplicatedArgs { int(value: $b) } fragment G on ComplicatedArgs { int(value: $a) }",
                [
                    #"1:11 Variable "$a" is never used in operation "Foo"."#,
                    #"1:29 Variable "$c" is never used in operation "Foo"."#,
                    #"1:66 Variable "$a" is never used in operation "Bar"."#,
                ]
            ),
        ] as [(String, [String])])
    func `variables that are used nowhere are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
