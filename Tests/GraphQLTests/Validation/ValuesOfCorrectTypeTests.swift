import Testing

@testable import GraphQL

@Suite struct ValuesOfCorrectTypeTests {
    private let rule = ValidationRule.valuesOfCorrectType

    @Test(arguments: [
        "{ args { int(value: 2) } }",
        "{ args { int(value: -2147483648) } }",
        "{ args { boolean(value: true) } }",
        #"{ args { string(value: "a") id(value: """b""") } }"#,
        "{ args { float(value: 1.1) } }",
        "{ args { float(value: 1) } }",
        "{ args { id(value: 1) } }",
        #"{ args { id(value: "1") } }"#,
        "{ args { enum(value: TAN) } }",
        "{ args { int(value: null) } }",
        #"{ args { stringList(value: ["a", null, "b"]) } }"#,
        "{ args { stringList(value: []) } }",
        #"{ args { stringList(value: "a") } }"#,
        "{ args { stringList(value: null) } }",
        #"{ args { strictList(value: "a") } }"#,
        "{ args { matrix(value: [[1, null], null]) } }",
        "{ args { matrix(value: 1) } }",
        #"{ args { complex(value: {requiredField: true, nested: {requiredField: false, nonNullField: true, stringListField: "a"}}) } }"#,
        "{ args { oneOf(value: {intField: 1}) } }",
        #"{ args { anything(value: {a: [1, x, "s", {b: null, b: 2}]}) } }"#,
        "{ args { anything(value: [1]) } }",
        #"query ($a: Int = 1, $b: ComplexInput = {requiredField: true, intField: 1}, $c: [String!] = "x", $d: Unknown = 1, $e: Dog = 2) { unknown(a: {b: [1]}) dog @unknown(a: 1) { name(unknown: 1) } }"#,
        "query ($a: Int, $b: [Int], $c: Boolean!) { args { complex(value: {requiredField: $c, intField: $a}) matrix(value: [$b, [$a]]) } }",
    ])
    func `values of their types`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                #"{ args { int(value: "3") } }"#,
                [
                    #"1:21 Int cannot represent non-integer value: "3""#
                ]
            ),
            (
                "{ args { int(value: 829384293849283498239482938) } }",
                [
                    "1:21 Int cannot represent non 32-bit signed integer value: 829384293849283498239482938"
                ]
            ),
            (
                "{ args { int(value: 2147483648) } }",
                [
                    "1:21 Int cannot represent non 32-bit signed integer value: 2147483648"
                ]
            ),
            (
                "{ args { int(value: 3.0) } }",
                [
                    "1:21 Int cannot represent non-integer value: 3.0"
                ]
            ),
            (
                "{ args { int(value: FOO) } }",
                [
                    "1:21 Int cannot represent non-integer value: FOO"
                ]
            ),
            (
                "{ args { int(value: [3]) } }",
                [
                    "1:21 Int cannot represent non-integer value: [3]"
                ]
            ),
            (
                "{ args { string(value: 1) } }",
                [
                    "1:24 String cannot represent a non string value: 1"
                ]
            ),
            (
                "{ args { string(value: 1.0) } }",
                [
                    "1:24 String cannot represent a non string value: 1.0"
                ]
            ),
            (
                "{ args { string(value: true) } }",
                [
                    "1:24 String cannot represent a non string value: true"
                ]
            ),
            (
                "{ args { string(value: BAR) } }",
                [
                    "1:24 String cannot represent a non string value: BAR"
                ]
            ),
            (
                #"{ args { boolean(value: "true") } }"#,
                [
                    #"1:25 Boolean cannot represent a non boolean value: "true""#
                ]
            ),
            (
                "{ args { boolean(value: 1) } }",
                [
                    "1:25 Boolean cannot represent a non boolean value: 1"
                ]
            ),
            (
                "{ args { boolean(value: [true, {a: 1}]) } }",
                [
                    "1:25 Boolean cannot represent a non boolean value: [true, {a: 1}]"
                ]
            ),
            (
                #"{ args { float(value: "3.333") } }"#,
                [
                    #"1:23 Float cannot represent non numeric value: "3.333""#
                ]
            ),
            (
                "{ args { float(value: false) } }",
                [
                    "1:23 Float cannot represent non numeric value: false"
                ]
            ),
            (
                "{ args { id(value: 1.0) } }",
                [
                    "1:20 ID cannot represent a non-string and non-integer value: 1.0"
                ]
            ),
            (
                "{ args { id(value: true) } }",
                [
                    "1:20 ID cannot represent a non-string and non-integer value: true"
                ]
            ),
            (
                "{ args { enum(value: 2) } }",
                [
                    #"1:22 Enum "FurColor" cannot represent non-enum value: 2."#
                ]
            ),
            (
                #"{ args { enum(value: "TAN") } }"#,
                [
                    #"1:22 Enum "FurColor" cannot represent non-enum value: "TAN". Did you mean the enum value "TAN"?"#
                ]
            ),
            (
                "{ args { enum(value: JUGGLE) } }",
                [
                    #"1:22 Value "JUGGLE" does not exist in "FurColor" enum."#
                ]
            ),
            (
                "{ args { enum(value: tan) } }",
                [
                    #"1:22 Value "tan" does not exist in "FurColor" enum. Did you mean the enum value "TAN"?"#
                ]
            ),
            (
                #"{ args { stringList(value: ["a", 2]) } }"#,
                [
                    "1:34 String cannot represent a non string value: 2"
                ]
            ),
            (
                "{ args { stringList(value: 1) } }",
                [
                    "1:28 String cannot represent a non string value: 1"
                ]
            ),
            (
                "{ args { strictList(value: null) } }",
                [
                    #"1:28 Expected value of type "[String!]!", found null."#
                ]
            ),
            (
                #"{ args { strictList(value: [null, "a", null]) } }"#,
                [
                    #"1:29 Expected value of type "String!", found null."#,
                    #"1:40 Expected value of type "String!", found null."#,
                ]
            ),
            (
                "{ args { matrix(value: [1, [true], {a: 1}]) } }",
                [
                    "1:29 Int cannot represent non-integer value: true",
                    "1:36 Int cannot represent non-integer value: {a: 1}",
                ]
            ),
            (
                "{ args { nonNullInt(value: null) } }",
                [
                    #"1:28 Expected value of type "Int!", found null."#
                ]
            ),
            (
                "{ args { complex(value: {intField: 4}) } }",
                [
                    #"1:25 Field "ComplexInput.requiredField" of required type "Boolean!" was not provided."#
                ]
            ),
            (
                #"{ args { complex(value: {stringListField: ["one", 2], requiredField: true}) } }"#,
                [
                    "1:51 String cannot represent a non string value: 2"
                ]
            ),
            (
                "{ args { complex(value: {requiredField: true, nonNullField: null}) } }",
                [
                    #"1:61 Expected value of type "Boolean!", found null."#
                ]
            ),
            (
                #"{ args { complex(value: {requiredField: true, invalidField: "value", intFeild: {a: 1}}) } }"#,
                [
                    #"1:47 Field "invalidField" is not defined by type "ComplexInput". Did you mean "intField"?"#,
                    #"1:70 Field "intFeild" is not defined by type "ComplexInput". Did you mean "intField"?"#,
                ]
            ),
            (
                #"{ args { complex(value: "x") } }"#,
                [
                    #"1:25 Expected value of type "ComplexInput", found "x"."#
                ]
            ),
            (
                "{ args { complex(value: [{requiredField: 1}]) } }",
                [
                    #"1:25 Expected value of type "ComplexInput", found [{requiredField: 1}]."#
                ]
            ),
            (
                "{ args { complex(value: {requiredField: true, nested: {nested: {requiredField: 1}}}) } }",
                [
                    #"1:55 Field "ComplexInput.requiredField" of required type "Boolean!" was not provided."#,
                    "1:80 Boolean cannot represent a non boolean value: 1",
                ]
            ),
            (
                #"{ args { oneOf(value: {stringField: "a", intField: 1}) } }"#,
                [
                    #"1:23 OneOf Input Object "OneOfInput" must specify exactly one key."#
                ]
            ),
            (
                "{ args { oneOf(value: {}) } }",
                [
                    #"1:23 OneOf Input Object "OneOfInput" must specify exactly one key."#
                ]
            ),
            (
                "{ args { oneOf(value: {stringField: null}) } }",
                [
                    #"1:23 Field "OneOfInput.stringField" must be non-null."#
                ]
            ),
            (
                "query ($a: Unknown) { args { oneOf(value: {stringField: $a}) } }",
                [
                    #"1:43 Variable "a" must be non-nullable to be used for OneOf Input Object "OneOfInput"."#
                ]
            ),
            (
                """
                query A($a: String) { ...F } query B($a: String) { ...F }
                fragment F on QueryRoot { args { oneOf(value: {stringField: $a}) } }
                """,
                [
                    #"2:47 Variable "a" must be non-nullable to be used for OneOf Input Object "OneOfInput"."#
                ]
            ),
            (
                "query ($a: String) { args { oneOf(value: {stringField: $a}) } }",
                [
                    #"1:42 Variable "a" must be non-nullable to be used for OneOf Input Object "OneOfInput"."#
                ]
            ),
            (
                #"{ dog @include(if: "yes") { name @skip(if: ENUM) @tag(name: null) } }"#,
                [
                    #"1:20 Boolean cannot represent a non boolean value: "yes""#,
                    "1:44 Boolean cannot represent a non boolean value: ENUM",
                    #"1:61 Expected value of type "String!", found null."#,
                ]
            ),
            (
                #"query ($a: Int! = null, $b: String = 1, $c: ComplexInput = {requiredField: 1, intField: "x"}, $d: [Int!] = [1, null]) { __typename }"#,
                [
                    #"1:19 Expected value of type "Int!", found null."#,
                    "1:38 String cannot represent a non string value: 1",
                    "1:76 Boolean cannot represent a non boolean value: 1",
                    #"1:89 Int cannot represent non-integer value: "x""#,
                    #"1:112 Expected value of type "Int!", found null."#,
                ]
            ),
        ] as [(String, [String])])
    func `values of other types are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }

    @Test(
        arguments: [
            ("{ args { anything(value: 2) } }", []),
            (
                "{ args { anything(value: [1, {a: $b}]) } }",
                [#"1:26 Expected value of type "Anything", found [1, {a: $b}]; Not even."#]
            ),
            (
                #"query ($a: [Anything!] = [4, "four"]) { __typename }"#,
                [#"1:30 Expected value of type "Anything!", found "four"; Not even."#]
            ),
        ] as [(String, [String])])
    func `a custom scalar decides which literals it accepts`(_ document: String, _ errors: [String]) throws {
        let even = Scalar(coerceInput: { value throws(InputError) in
            guard case .int(let number) = value, number.isMultiple(of: 2) else { throw InputError("Not even.") }
            return value
        })
        #expect(
            try ValidationSchema.errors(of: [rule], in: document) { $0 == "Anything" ? even : .named($0) } == errors)
    }

    /// Spec: 3.5.2 Float, "a value not representable by finite IEEE 754": graphql-js takes such a literal for infinite.
    @Test(
        arguments: [
            ("1.7976931348623157e308", true), ("1e308", true), ("-1e308", true), ("1e-400", true), ("0e999", true),
            ("9007199254740993", true), (String(repeating: "9", count: 308), true),
            ("1e309", false), ("1e400", false), ("-1e400", false), ("-1.5E+400", false),
            ("1e99999999999999999999", false),
            (String(repeating: "9", count: 309), false), ("-" + String(repeating: "9", count: 400), false),
        ])
    func `a float is finite`(_ number: String, _ isFinite: Bool) throws {
        func expect(_ document: String, at column: Int) throws {
            let error = "1:\(column) Float cannot represent non numeric value: \(number)"
            #expect(try ValidationSchema.errors(of: rule, in: document) == (isFinite ? [] : [error]))
        }
        try expect("{ args { float(value: \(number)) } }", at: 23)
        try expect("query ($a: Float = \(number)) { args { float(value: $a) } }", at: 20)
        let sdl = "type Query { a(x: Float = \(number)): Int } input In { l: [Float!] = [1, \(number)] }"
        let errors = [
            "1:27 Query.a(x:) has invalid default value: \(number) is no value of type \"Float\".",
            "1:\(61 + number.count) In.l has invalid default value: [1, \(number)] is no value of type \"[Float!]\".",
        ]
        #expect(try SchemaCheck.errors(sdl) == (isFinite ? [] : errors))
    }
}
