import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationDirectivesTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } directive @a(x: Int! = 1 y: [E!]) repeatable on FIELD enum E { X }",
                []
            ),
            (
                "type Query { a: Int } directive @a(x: Query) on FIELD",
                [
                    "1:39 The type of @a(x:) must be Input Type but got: Query."
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: Int! @deprecated y: Int! = 1 @deprecated) on FIELD",
                [
                    "1:44 1:39 Required argument @a(x:) cannot be deprecated."
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: Int @a) on ARGUMENT_DEFINITION",
                [
                    "1:23 Directive @a cannot reference itself, directly or through the types of its arguments."
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: Int @b) on ARGUMENT_DEFINITION directive @b(y: Int @a) on ARGUMENT_DEFINITION",
                [
                    "1:23 Directive @a cannot reference itself, directly or through the types of its arguments.",
                    "1:70 Directive @b cannot reference itself, directly or through the types of its arguments.",
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: In) on INPUT_FIELD_DEFINITION input In { x: Int @a }",
                [
                    "1:23 Directive @a cannot reference itself, directly or through the types of its arguments."
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: E) on ENUM | ENUM_VALUE enum E { X @a }",
                [
                    "1:23 Directive @a cannot reference itself, directly or through the types of its arguments."
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: In) on SCALAR input In { s: S } scalar S @a",
                [
                    "1:23 Directive @a cannot reference itself, directly or through the types of its arguments."
                ]
            ),
            (
                "type Query { a: Int } directive @a(x: Int @b) on FIELD directive @b(y: Int) on ARGUMENT_DEFINITION",
                []
            ),
            (
                "type Query { a: Int @deprecated(reason: 5) b(c: Int @deprecated(reason: [1])): Int } scalar S @specifiedBy(url: 1) enum E { X @deprecated(reason: null) }",
                [
                    #"1:41 Argument "@deprecated(reason:)" has invalid value 5."#,
                    #"1:73 Argument "@deprecated(reason:)" has invalid value [1]."#,
                    #"1:113 Argument "@specifiedBy(url:)" has invalid value 1."#,
                    #"1:147 Argument "@deprecated(reason:)" has invalid value null."#,
                ]
            ),
            (
                #"type Query @a(x: {y: "1"}) { a: Int @b(e: Y) } directive @a(x: In) on OBJECT directive @b(e: E) on FIELD_DEFINITION input In { y: Int } enum E { X }"#,
                [
                    #"1:18 Argument "@a(x:)" has invalid value {y: "1"}."#,
                    #"1:43 Argument "@b(e:)" has invalid value Y."#,
                ]
            ),
        ] as [(String, [String])])
    func `directives are finite, their arguments input types, and what they are given of those types`(
        _ sdl: String, _ errors: [String]
    ) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
