import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationEnumsTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } enum E { X }",
                []
            ),
            (
                "type Query { a: Int } enum E extend enum E { X }",
                []
            ),
            (
                "type Query { a: Int } enum E",
                [
                    "1:23 Enum type E must define one or more values."
                ]
            ),
            (
                "type Query { a: Int } enum E extend enum E @x directive @x on ENUM",
                [
                    "1:23 1:30 Enum type E must define one or more values."
                ]
            ),
        ] as [(String, [String])])
    func `an enum has values`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
