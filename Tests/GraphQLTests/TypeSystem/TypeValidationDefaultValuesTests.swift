import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationDefaultValuesTests {
    @Test(
        arguments: [
            (
                #"type Query { a(i: Int = 1 f: Float = 1 s: String = """x""" b: Boolean = true d: ID = 1 e: E = X l: [Int] = 1 m: [[Int]] = [1, [2], null] n: In = {} o: O = {a: 1} p: S = {any: ["thing"]} z: Int = null): Int } enum E { X } input In { x: Int! = 1 y: [In!] = [] } input O @oneOf { a: Int b: Int } scalar S"#,
                []
            ),
            (
                "input A { t: T! = {a: {}} } input T { a: U! } input U { x: Int! = 1 } type Query { a: Int } ",
                []
            ),
            (
                #"type Query { a(i: Int = "1" f: Float = "1" s: String = 1 b: Boolean = 1 d: ID = 1.5 e: E = "X" g: E = Y z: Int! = null): Int } enum E { X }"#,
                [
                    #"1:25 Query.a(i:) has invalid default value: "1" is no value of type "Int"."#,
                    #"1:40 Query.a(f:) has invalid default value: "1" is no value of type "Float"."#,
                    #"1:56 Query.a(s:) has invalid default value: 1 is no value of type "String"."#,
                    #"1:71 Query.a(b:) has invalid default value: 1 is no value of type "Boolean"."#,
                    #"1:81 Query.a(d:) has invalid default value: 1.5 is no value of type "ID"."#,
                    #"1:92 Query.a(e:) has invalid default value: "X" is no value of type "E"."#,
                    #"1:103 Query.a(g:) has invalid default value: Y is no value of type "E"."#,
                    #"1:115 Query.a(z:) has invalid default value: null is no value of type "Int!"."#,
                ]
            ),
            (
                #"type Query { a(i: Int = 2147483648 l: [Int] = [1, "2"] m: [Int!] = [null] n: [[Int]] = [[1], [true]] o: Int = [1]): Int }"#,
                [
                    #"1:25 Query.a(i:) has invalid default value: 2147483648 is no value of type "Int"."#,
                    #"1:47 Query.a(l:) has invalid default value: [1, "2"] is no value of type "[Int]"."#,
                    #"1:68 Query.a(m:) has invalid default value: [null] is no value of type "[Int!]"."#,
                    #"1:88 Query.a(n:) has invalid default value: [[1], [true]] is no value of type "[[Int]]"."#,
                    #"1:111 Query.a(o:) has invalid default value: [1] is no value of type "Int"."#,
                ]
            ),
            (
                #"type Query { a(i: In = {} j: In = {x: "1"} k: In = {x: 1, y: {x: null}} l: In = {x: 1, z: 1} m: In = 1 n: [In] = {x: 1, y: {}}): Int } input In { x: Int! y: In }"#,
                [
                    #"1:24 Query.a(i:) has invalid default value: {} is no value of type "In"."#,
                    #"1:35 Query.a(j:) has invalid default value: {x: "1"} is no value of type "In"."#,
                    #"1:52 Query.a(k:) has invalid default value: {x: 1, y: {x: null}} is no value of type "In"."#,
                    #"1:81 Query.a(l:) has invalid default value: {x: 1, z: 1} is no value of type "In"."#,
                    #"1:102 Query.a(m:) has invalid default value: 1 is no value of type "In"."#,
                    #"1:114 Query.a(n:) has invalid default value: {x: 1, y: {}} is no value of type "[In]"."#,
                ]
            ),
            (
                #"type Query { a(i: O = {} j: O = {a: 1, b: 2} k: O = {a: null} l: O = {a: "1"}): Int } input O @oneOf { a: Int b: Int }"#,
                [
                    #"1:23 Query.a(i:) has invalid default value: {} is no value of type "O"."#,
                    #"1:33 Query.a(j:) has invalid default value: {a: 1, b: 2} is no value of type "O"."#,
                    #"1:53 Query.a(k:) has invalid default value: {a: null} is no value of type "O"."#,
                    #"1:70 Query.a(l:) has invalid default value: {a: "1"} is no value of type "O"."#,
                ]
            ),
            (
                #"type Query { a: Int } input A { a: Int = "1" b: [A!] = [null] } directive @d(x: Int = 1.5) on FIELD interface I { f(x: Boolean = 1): Int }"#,
                [
                    #"1:87 @d(x:) has invalid default value: 1.5 is no value of type "Int"."#,
                    #"1:42 A.a has invalid default value: "1" is no value of type "Int"."#,
                    #"1:56 A.b has invalid default value: [null] is no value of type "[A!]"."#,
                    #"1:130 I.f(x:) has invalid default value: 1 is no value of type "Boolean"."#,
                ]
            ),
            (
                "type Query { a: Int } input A { a: A = {} }",
                [
                    "1:33 Invalid circular reference. The default value of Input Object field A.a references itself."
                ]
            ),
            (
                "type Query { a: Int } input A { b: B = {} } input B { a: A = {} }",
                [
                    "1:33 1:55 Invalid circular reference. The default value of Input Object field A.b references itself via the default values of: B.a."
                ]
            ),
            (
                "type Query { a: Int } input A { b: B = {} } input B { c: C = {} } input C { a: A = {} }",
                [
                    "1:33 1:55 1:77 Invalid circular reference. The default value of Input Object field A.b references itself via the default values of: B.c, C.a."
                ]
            ),
            (
                "type Query { a: Int } input A { a: [A] = [{}] }",
                [
                    "1:33 Invalid circular reference. The default value of Input Object field A.a references itself."
                ]
            ),
            (
                "type Query { a: Int } input A { a: A! = {} }",
                [
                    #"1:33 Cannot reference Input Object "A" within itself through a series of non-null fields: "a"."#,
                    "1:33 Invalid circular reference. The default value of Input Object field A.a references itself.",
                ]
            ),
            (
                "type Query { a(x: A = {}): Int } input A { b: [B!]! = {} } input B { a: A! = {} }",
                [
                    "1:44 1:70 Invalid circular reference. The default value of Input Object field A.b references itself via the default values of: B.a."
                ]
            ),
            (
                #"type Query { a(x: A = {}): Int } input A { x: Int! = "1" y: Int! = 1 }"#,
                [
                    #"1:54 A.x has invalid default value: "1" is no value of type "Int!"."#
                ]
            ),
            (
                "type Query { a: Int } input A { a: A = {a: null} }",
                []
            ),
            (
                "type Query { a: Int } input A { a: A = {b: {}} b: A = {a: {}} }",
                [
                    "1:33 Invalid circular reference. The default value of Input Object field A.a references itself.",
                    "1:48 Invalid circular reference. The default value of Input Object field A.b references itself.",
                    "1:33 1:48 Invalid circular reference. The default value of Input Object field A.a references itself via the default values of: A.b.",
                ]
            ),
            (
                "type Query { a: Int } input A { a: A = {b: null} b: A = {a: null} }",
                [
                    "1:33 Invalid circular reference. The default value of Input Object field A.a references itself.",
                    "1:50 Invalid circular reference. The default value of Input Object field A.b references itself.",
                ]
            ),
        ] as [(String, [String])])
    func `a default value is of its type, and finite`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
