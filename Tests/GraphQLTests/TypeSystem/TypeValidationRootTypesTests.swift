import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationRootTypesTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } ",
                []
            ),
            (
                "schema { query: R mutation: M } type R { a: Int } type M { b: Int }",
                []
            ),
            (
                "schema { query: Mutation } type Mutation { a: Int }",
                []
            ),
            (
                "extend schema { mutation: M } type Query { a: Int } type M { a: Int }",
                []
            ),
            (
                "type A { a: Int }",
                [
                    "Query root type must be provided."
                ]
            ),
            (
                "schema { mutation: M } type M { a: Int }",
                [
                    "1:1 Query root type must be provided."
                ]
            ),
            (
                "input Query { a: Int }",
                [
                    "1:1 Query root type must be Object type, it cannot be Query."
                ]
            ),
            (
                "schema { query: Q mutation: M subscription: S } interface Q { a: Int } scalar M enum S { X }",
                [
                    "1:17 Query root type must be Object type, it cannot be Q.",
                    "1:29 Mutation root type must be Object type if provided, it cannot be M.",
                    "1:45 Subscription root type must be Object type if provided, it cannot be S.",
                ]
            ),
            (
                "type Query { a: Int } input Mutation { a: Int } union Subscription = Query",
                [
                    "1:23 Mutation root type must be Object type if provided, it cannot be Mutation.",
                    "1:49 Subscription root type must be Object type if provided, it cannot be Subscription.",
                ]
            ),
            (
                "schema { query: Q mutation: Q } type Q { a: Int }",
                [
                    #"1:17 1:29 All root types must be different, "Q" type is used as query and mutation root types."#
                ]
            ),
            (
                "schema { query: Q mutation: Q subscription: Q } type Q { a: Int }",
                [
                    #"1:17 1:29 1:45 All root types must be different, "Q" type is used as query and mutation and subscription root types."#
                ]
            ),
            (
                "schema { query: Q mutation: R } extend schema { subscription: R } type Q { a: Int } type R { b: Int }",
                [
                    #"1:29 1:63 All root types must be different, "R" type is used as mutation and subscription root types."#
                ]
            ),
            (
                "extend schema { mutation: Query } type Query { a: Int } ",
                [
                    #"1:35 1:27 All root types must be different, "Query" type is used as query and mutation root types."#
                ]
            ),
        ] as [(String, [String])])
    func `root types are different object types, and there is a query`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
