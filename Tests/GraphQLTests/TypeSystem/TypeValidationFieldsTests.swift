import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationFieldsTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } type A { a(b: E c: In d: S): [U!]! e: I } enum E { X } input In { x: Int } scalar S union U = A interface I { a: E }",
                []
            ),
            (
                "type Query { a: Int } type A",
                [
                    "1:23 Type A must define one or more fields."
                ]
            ),
            (
                "type Query { a: Int } interface A",
                [
                    "1:23 Type A must define one or more fields."
                ]
            ),
            (
                "type Query { a: Int } type A extend type A @x extend type A @y directive @x on OBJECT directive @y on OBJECT",
                [
                    "1:23 1:30 1:47 Type A must define one or more fields."
                ]
            ),
            (
                "type Query { a: Int } type A { a: In b: [In!]! } interface B { a: In } input In { x: Int }",
                [
                    "1:35 The type of A.a must be Output Type but got: In.",
                    "1:41 The type of A.b must be Output Type but got: [In!]!.",
                    "1:67 The type of B.a must be Output Type but got: In.",
                ]
            ),
            (
                "type Query { a: Int } type A { a(b: A c: [I!] d: U!): Int } interface I { b(c: A): Int } union U = A",
                [
                    "1:37 The type of A.a(b:) must be Input Type but got: A.",
                    "1:42 The type of A.a(c:) must be Input Type but got: [I!].",
                    "1:50 The type of A.a(d:) must be Input Type but got: U!.",
                    "1:80 The type of I.b(c:) must be Input Type but got: A.",
                ]
            ),
            (
                #"type Query { a: Int } type A { a(b: Int! @deprecated c: Int! = 1 @deprecated d: Int @deprecated e: [Int]! @deprecated(reason: "r")): Int }"#,
                [
                    "1:42 1:37 Required argument A.a(b:) cannot be deprecated.",
                    "1:107 1:100 Required argument A.a(e:) cannot be deprecated.",
                ]
            ),
        ] as [(String, [String])])
    func `objects and interfaces have fields, of output types, whose arguments are of input types`(
        _ sdl: String, _ errors: [String]
    ) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
    @Test(arguments: [
        "type Query { f(a: Missing b: String! @deprecated): Int }",
        "type Query { f(b: String! b: Int! @deprecated c: Int): Int } extend type Query { f: Int }",
        "type Query { f: Int } input I { a: Missing b: String! @deprecated }",
        "type Query { f: Int } input I { a: Int } extend input I { a: Int b: String! @deprecated }",
        "type Query { f: Int } directive @d(a: Missing b: String! @deprecated) on FIELD",
    ])
    func `places are right behind what is left out`(sdl: String) throws {
        let text = Array(sdl)
        for error in try SchemaCheck.errors(sdl) {
            let columns = error.split(separator: " ").prefix(2).compactMap { Int($0.dropFirst(2)) }
            #expect(columns.map { String(text[($0 - 1)...].prefix(7)) } == ["@deprec", "String!"], "\(error)")
        }
        #expect(try SchemaCheck.errors(sdl).count == (sdl.contains("Int! @deprecated") ? 0 : 1))
    }
}
