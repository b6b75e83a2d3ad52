import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationUnionsTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } union U = Query",
                []
            ),
            (
                "type Query { a: Int } union U = Query extend union U = A type A { a: Int }",
                []
            ),
            (
                "type Query { a: Int } union U",
                [
                    "1:23 Union type U must define one or more member types."
                ]
            ),
            (
                "type Query { a: Int } union U = Query | Query",
                [
                    "1:33 1:41 Union type U can only include type Query once."
                ]
            ),
            (
                "type Query { a: Int } union U = Query extend union U = Query",
                [
                    "1:33 1:56 Union type U can only include type Query once."
                ]
            ),
            (
                "type Query { a: Int } union U = Int | E | In | I | V enum E { X } input In { x: Int } interface I { a: Int } union V = Query",
                [
                    "1:33 Union type U can only include Object types, it cannot include Int.",
                    "1:39 Union type U can only include Object types, it cannot include E.",
                    "1:43 Union type U can only include Object types, it cannot include In.",
                    "1:48 Union type U can only include Object types, it cannot include I.",
                    "1:52 Union type U can only include Object types, it cannot include V.",
                ]
            ),
            (
                "type Query { a: Int } union U extend union U @x directive @x on UNION",
                [
                    "1:23 1:31 Union type U must define one or more member types."
                ]
            ),
            (
                "type Query { a: Int } union U = U",
                [
                    "1:33 Union type U can only include Object types, it cannot include U."
                ]
            ),
        ] as [(String, [String])])
    func `a union has different object types`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
