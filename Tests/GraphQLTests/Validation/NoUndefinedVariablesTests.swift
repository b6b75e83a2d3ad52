import Testing

@testable import GraphQL

@Suite struct NoUndefinedVariablesTests {
    private let rule = ValidationRule.noUndefinedVariables

    @Test(arguments: [
        "query Foo($a: Int, $b: Int) { args { int(value: $a) ...F } } fragment F on ComplicatedArgs { int(value: $b) }",
        "query Foo($a: Boolean) { ...F @include(if: $a) } fragment F on QueryRoot { __typename @skip(if: $a) }",
        "query A($a: Int) { args { ...F } } query B($a: Int) { args { ...F } } fragment F on ComplicatedArgs { int(value: $a) }",
        "fragment F on ComplicatedArgs { int(value: $a) }",
        "query Foo($a: Int) { ...A } fragment A on QueryRoot { ...B } fragment B on QueryRoot { ...A args { int(value: $a) } }",
    ])
    func `variables that every operation defines`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query Foo($a: Int) { args { complex(value: {intField: $a, nested: {stringListField: [$b]}}) int(value: $c) } }",
                [
                    #"1:86 1:1 Variable "$b" is not defined by operation "Foo"."#,
                    #"1:104 1:1 Variable "$c" is not defined by operation "Foo"."#,
                ]
            ),
            (
                "{ args { int(value: $a) } }",
                [
                    #"1:21 1:1 Variable "$a" is not defined."#
                ]
            ),
            (
                "query Foo { args { ...F } } query Bar($a: Int) { args { ...F int(value: $b) } } fragment F on ComplicatedArgs { int(value: $a) ...G } fragment G on ComplicatedArgs { x: int(value: $c) unknown(a: $d) @unknown(b: $e) }",
                [
                    #"1:124 1:1 Variable "$a" is not defined by operation "Foo"."#,
                    #"1:181 1:1 Variable "$c" is not defined by operation "Foo"."#,
                    #"1:196 1:1 Variable "$d" is not defined by operation "Foo"."#,
                    #"1:212 1:1 Variable "$e" is not defined by operation "Foo"."#,
                    #"1:73 1:29 Variable "$b" is not defined by operation "Bar"."#,
                    #"1:181 1:29 Variable "$c" is not defined by operation "Bar"."#,
                    #"1:196 1:29 Variable "$d" is not defined by operation "Bar"."#,
                    #"1:212 1:29 Variable "$e" is not defined by operation "Bar"."#,
                ]
            ),
        ] as [(String, [String])])
    func `variables that an operation does not define are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
