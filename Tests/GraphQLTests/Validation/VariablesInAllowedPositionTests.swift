import Testing

@testable import GraphQL

@Suite struct VariablesInAllowedPositionTests {
    private let rule = ValidationRule.variablesInAllowedPosition

    @Test(arguments: [
        "query Q($v: Boolean) { args { boolean(value: $v) } }",
        "query Q($v: Int!) { args { int(value: $v) } }",
        "query Q($v: [String]) { args { stringList(value: $v) } }",
        "query Q($v: String) { args { stringList(value: [$v]) } }",
        "query Q($v: [String!]!) { args { stringList(value: $v) strictList(value: $v) } }",
        "query Q($v: String!) { args { strictList(value: [$v]) } }",
        "query Q($v: ComplexInput) { args { complex(value: $v) } }",
        "query Q($v: Boolean!) { args { complex(value: {requiredField: $v}) } }",
        "query Q($v: Boolean = true) { args { complex(value: {requiredField: $v}) } }",
        "query Q($v: Boolean) { args { complex(value: {requiredField: true, nonNullField: $v}) } }",
        "query Q($v: Int = 1) { args { nonNullInt(value: $v) } }",
        "query Q($v: Int) { args { nonNullWithDefault(value: $v) } }",
        "query Q($v: Int) { args { int(value: [$v]) } }",
        "query Q($v: [Int]) { args { matrix(value: [$v]) } }",
        "query Q($v: Unknown, $w: Dog) { args { int(value: $v) } }",
        "query Q($v: Int) { args { unknown(value: $v) anything(value: {a: $v}) int(unknown: $v) __typename @unknown(a: $v) } }",
        "query Q($v: Boolean!) { args { int @skip(if: $v) } }",
        "query Q($v: Int!) { args { ...F } } fragment F on ComplicatedArgs { nonNullInt(value: $v) }",
        "query Q($v: String!) { args { oneOf(value: {stringField: $v}) } }",
    ])
    func `variables that fit`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query Q($v: Int) { args { nonNullInt(value: $v) } }",
                [
                    #"1:9 1:45 Variable "$v" of type "Int" used in position expecting type "Int!"."#
                ]
            ),
            (
                "query Q($v: Int = null) { args { nonNullInt(value: $v) } }",
                [
                    #"1:9 1:52 Variable "$v" of type "Int" used in position expecting type "Int!"."#
                ]
            ),
            (
                "query Q($v: String) { args { boolean(value: $v) } }",
                [
                    #"1:9 1:45 Variable "$v" of type "String" used in position expecting type "Boolean"."#
                ]
            ),
            (
                "query Q($v: String) { args { stringList(value: $v) } }",
                [
                    #"1:9 1:48 Variable "$v" of type "String" used in position expecting type "[String]"."#
                ]
            ),
            (
                "query Q($v: [String]) { args { strictList(value: $v) } }",
                [
                    #"1:9 1:50 Variable "$v" of type "[String]" used in position expecting type "[String!]!"."#
                ]
            ),
            (
                "query Q($v: [String]!) { args { strictList(value: $v) } }",
                [
                    #"1:9 1:51 Variable "$v" of type "[String]!" used in position expecting type "[String!]!"."#
                ]
            ),
            (
                "query Q($v: [String]) { args { string(value: $v) } }",
                [
                    #"1:9 1:46 Variable "$v" of type "[String]" used in position expecting type "String"."#
                ]
            ),
            (
                "query Q($v: String) { args { strictList(value: [$v]) } }",
                [
                    #"1:9 1:49 Variable "$v" of type "String" used in position expecting type "String!"."#
                ]
            ),
            (
                "query Q($v: Boolean) { args { int @include(if: $v) } }",
                [
                    #"1:9 1:48 Variable "$v" of type "Boolean" used in position expecting type "Boolean!"."#
                ]
            ),
            (
                "query Q($v: Boolean) { args { complex(value: {requiredField: $v, intField: $v, nested: {stringListField: [$v]}}) } }",
                [
                    #"1:9 1:62 Variable "$v" of type "Boolean" used in position expecting type "Boolean!"."#,
                    #"1:9 1:76 Variable "$v" of type "Boolean" used in position expecting type "Int"."#,
                    #"1:9 1:107 Variable "$v" of type "Boolean" used in position expecting type "String"."#,
                ]
            ),
            (
                "query Q($v: Int!) { args { enum(value: $v) } }",
                [
                    #"1:9 1:40 Variable "$v" of type "Int!" used in position expecting type "FurColor"."#
                ]
            ),
            (
                "query Q($v: [[Int!]!]) { args { matrix(value: [[$v]]) } }",
                [
                    #"1:9 1:49 Variable "$v" of type "[[Int!]!]" used in position expecting type "Int"."#
                ]
            ),
            (
                "query Q($v: Int) { args { ...F } } query R($v: Int = 1) { args { ...F } } query S($v: [Int!]!) { args { ...F } } fragment F on ComplicatedArgs { ...G } fragment G on ComplicatedArgs { nonNullInt(value: $v) }",
                [
                    #"1:9 1:203 Variable "$v" of type "Int" used in position expecting type "Int!"."#,
                    #"1:83 1:203 Variable "$v" of type "[Int!]!" used in position expecting type "Int!"."#,
                ]
            ),
        ] as [(String, [String])])
    func `variables that do not fit are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
