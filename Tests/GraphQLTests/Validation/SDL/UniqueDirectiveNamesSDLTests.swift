import Testing

@testable import GraphQL

@Suite struct UniqueDirectiveNamesSDLTests {
    private let rule = SDLRule.uniqueDirectiveNames

    @Test(
        arguments: [
            (nil, ["directive @a on FIELD directive @b on FIELD type a { b: Int }"]),
            (nil, ["directive @skip on FIELD"]),
            (SDLErrors.schema, ["directive @e on FIELD"]),
        ] as [(String?, [String])])
    func `directives have different names`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["directive @a on FIELD directive @a(x: Int) on QUERY directive @a on FIELD"],
                [
                    #"1:12 1:34 There can be only one directive named "@a"."#,
                    #"1:12 1:64 There can be only one directive named "@a"."#,
                ]
            ),
            (
                nil, ["directive @a on FIELD", "directive @b on FIELD directive @a on FIELD"],
                [
                    #"1/1:12 2/1:34 There can be only one directive named "@a"."#
                ]
            ),
            (
                SDLErrors.schema,
                ["directive @d on FIELD directive @skip on FIELD directive @e on FIELD directive @e on FIELD"],
                [
                    #"1:12 Directive "@d" already exists in the schema. It cannot be redefined."#,
                    #"1:34 Directive "@skip" already exists in the schema. It cannot be redefined."#,
                    #"1:59 1:81 There can be only one directive named "@e"."#,
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless directives have different names`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
