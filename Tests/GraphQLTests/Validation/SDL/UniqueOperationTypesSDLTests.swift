import Testing

@testable import GraphQL

@Suite struct UniqueOperationTypesSDLTests {
    private let rule = SDLRule.uniqueOperationTypes

    @Test(
        arguments: [
            (nil, ["schema { query: Q mutation: M subscription: S }"]),
            (nil, ["schema { query: Q } extend schema { mutation: M subscription: S }"]),
            (nil, ["schema { query: Q } extend schema { mutation: M } extend schema { subscription: S }"]),
        ] as [(String?, [String])])
    func `each operation has one root type`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["schema { query: Q query: R query: T }"],
                [
                    "1:10 1:19 There can be only one query type in schema.",
                    "1:10 1:28 There can be only one query type in schema.",
                ]
            ),
            (
                nil, ["schema { query: Q mutation: M } extend schema { query: R mutation: N }"],
                [
                    "1:10 1:49 There can be only one query type in schema.",
                    "1:19 1:58 There can be only one mutation type in schema.",
                ]
            ),
            (
                nil,
                [
                    "extend schema { mutation: M } extend schema { mutation: M } extend schema { subscription: S mutation: N }"
                ],
                [
                    "1:17 1:47 There can be only one mutation type in schema.",
                    "1:17 1:93 There can be only one mutation type in schema.",
                ]
            ),
            (
                nil, ["schema { query: Q }", "extend schema { query: R }"],
                [
                    "1/1:10 2/1:17 There can be only one query type in schema."
                ]
            ),
            (
                SDLErrors.schema, ["extend schema { query: R subscription: T }"],
                [
                    "1:17 Type for query already defined in the schema. It cannot be redefined."
                ]
            ),
            (
                SDLErrors.schema, ["extend schema { mutation: R } extend schema { mutation: T }"],
                [
                    "1:17 Type for mutation already defined in the schema. It cannot be redefined.",
                    "1:47 Type for mutation already defined in the schema. It cannot be redefined.",
                ]
            ),
            (
                SDLErrors.schema, ["extend schema { subscription: R }", "extend schema { subscription: T }"],
                [
                    "1/1:17 2/1:17 There can be only one subscription type in schema."
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless each operation has one root type`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
