import Testing

@testable import GraphQL

@Suite struct LoneSchemaDefinitionSDLTests {
    private let rule = SDLRule.loneSchemaDefinition

    @Test(
        arguments: [
            (nil, ["type Query { a: Int }"]),
            (nil, ["schema { query: Q } type Q { a: Int }"]),
            (nil, ["schema { query: Q } extend schema { mutation: M } type Q { a: Int } type M { a: Int }"]),
            ("scalar A", ["schema { query: Q } type Q { a: Int }"]),
            (SDLErrors.schema, ["extend schema { subscription: Query }"]),
        ] as [(String?, [String])])
    func `at most one schema definition`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["schema { query: Q } type Q { a: Int } schema { mutation: Q }"],
                [
                    "1:39 Must provide only one schema definition."
                ]
            ),
            (
                nil, ["schema { query: Q } schema { query: Q } schema { query: Q }"],
                [
                    "1:21 Must provide only one schema definition.",
                    "1:41 Must provide only one schema definition.",
                ]
            ),
            (
                nil, ["schema { query: Q }", "type Q { a: Int } schema { mutation: Q }"],
                [
                    "2/1:19 Must provide only one schema definition."
                ]
            ),
            (
                SDLErrors.schema, ["schema { query: Q } type Q { a: Int }"],
                [
                    "1:1 Cannot define a new schema within a schema extension."
                ]
            ),
            (
                SDLErrors.schema, ["schema { query: Q }", "schema { query: Q }"],
                [
                    "1/1:1 Cannot define a new schema within a schema extension.",
                    "2/1:1 Cannot define a new schema within a schema extension.",
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless at most one schema definition`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
