import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationInputObjectsTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } input A { a: Int b: [A!]! c: A d: E } enum E { X }",
                []
            ),
            (
                "type Query { a: Int } input A { b: B } input B { a: A! }",
                []
            ),
            (
                "type Query { a: Int } input A @oneOf { a: Int b: String }",
                []
            ),
            (
                "type Query { a: Int } input A",
                [
                    "1:23 Input Object type A must define one or more fields."
                ]
            ),
            (
                "type Query { a: Int } input A { a: Query b: [I!]! c: U } interface I { a: Int } union U = Query",
                [
                    "1:36 The type of A.a must be Input Type but got: Query.",
                    "1:45 The type of A.b must be Input Type but got: [I!]!.",
                    "1:54 The type of A.c must be Input Type but got: U.",
                ]
            ),
            (
                "type Query { a: Int } input A { a: A! }",
                [
                    #"1:33 Cannot reference Input Object "A" within itself through a series of non-null fields: "a"."#
                ]
            ),
            (
                "type Query { a: Int } input A { b: B! } input B { a: A! }",
                [
                    #"1:33 1:51 Cannot reference Input Object "A" within itself through a series of non-null fields: "b.a"."#
                ]
            ),
            (
                "type Query { a: Int } input A { b: B! } input B { c: C! } input C { a: A! }",
                [
                    #"1:33 1:51 1:69 Cannot reference Input Object "A" within itself through a series of non-null fields: "b.c.a"."#
                ]
            ),
            (
                "type Query { a: Int } input A { b: B! } input B { c: C! } input C { b: B! }",
                [
                    #"1:51 1:69 Cannot reference Input Object "B" within itself through a series of non-null fields: "c.b"."#
                ]
            ),
            (
                "type Query { a: Int } input A { a: A! b: B! } input B { a: A! b: B! }",
                [
                    #"1:33 Cannot reference Input Object "A" within itself through a series of non-null fields: "a"."#,
                    #"1:39 1:57 Cannot reference Input Object "A" within itself through a series of non-null fields: "b.a"."#,
                    #"1:63 Cannot reference Input Object "B" within itself through a series of non-null fields: "b"."#,
                ]
            ),
            (
                "type Query { a: Int } input A @oneOf { a: Int! b: Int = 1 c: [Int]! = [] }",
                [
                    "1:43 OneOf input field A.a must be nullable.",
                    "1:48 OneOf input field A.b cannot have a default value.",
                    "1:62 OneOf input field A.c must be nullable.",
                    "1:59 OneOf input field A.c cannot have a default value.",
                ]
            ),
            (
                "type Query { a: Int } input A @oneOf { a: Int } extend input A { b: Int! }",
                [
                    "1:69 OneOf input field A.b must be nullable."
                ]
            ),
            (
                "type Query { a: Int } input A { a: Int! } extend input A @oneOf extend input A @oneOf { b: Int }",
                [
                    "1:58 Directive \"@oneOf\" must not be provided by an extension of Input Object type A.",
                    "1:80 Directive \"@oneOf\" must not be provided by an extension of Input Object type A.",
                ]
            ),
            (
                "type Query { a: Int } input A { a: Int! @deprecated b: Int! = 1 @deprecated c: Int @deprecated }",
                [
                    "1:41 1:36 Required input field A.a cannot be deprecated."
                ]
            ),
        ] as [(String, [String])])
    func `an input object has fields, of input types, and is finite`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
