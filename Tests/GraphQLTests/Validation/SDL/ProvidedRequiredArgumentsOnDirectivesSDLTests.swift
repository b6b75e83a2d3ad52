import Testing

@testable import GraphQL

@Suite struct ProvidedRequiredArgumentsOnDirectivesSDLTests {
    private let rule = SDLRule.providedRequiredArgumentsOnDirectives

    @Test(
        arguments: [
            (nil, ["directive @a(x: Int! y: Int! = 1 z: Int) on OBJECT type A @a(x: 1) { a: Int }"]),
            (nil, [#"scalar S @specifiedBy(url: "u") type A @unknown { a: Int @deprecated }"#]),
        ] as [(String?, [String])])
    func `directives get the arguments that they require`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil,
                ["directive @a(x: Int! y: [String!]! z: Int) on OBJECT type A @a { a: Int } extend type A @a(y: [])"],
                [
                    #"1:61 Directive "@a" argument "x" of type "Int!" is required, but it was not provided."#,
                    #"1:61 Directive "@a" argument "y" of type "[String!]!" is required, but it was not provided."#,
                    #"1:89 Directive "@a" argument "x" of type "Int!" is required, but it was not provided."#,
                ]
            ),
            (
                nil, ["scalar S @specifiedBy"],
                [
                    #"1:10 Directive "@specifiedBy" argument "url" of type "String!" is required, but it was not provided."#
                ]
            ),
            (
                nil,
                [
                    "type A @a { a: Int } directive @a(x: In! = null) on OBJECT directive @b(x: In!) on FIELD_DEFINITION interface I { a: Int @b }"
                ],
                [
                    #"1:122 Directive "@b" argument "x" of type "In!" is required, but it was not provided."#
                ]
            ),
            (
                nil, ["type A @a { a: Int }", "directive @a(x: Int!) on OBJECT"],
                [
                    #"1/1:8 Directive "@a" argument "x" of type "Int!" is required, but it was not provided."#
                ]
            ),
            (
                nil, ["type A @a { a: Int }", "directive @a(x: Int!, x: Int!) on OBJECT"],
                [
                    #"1/1:8 Directive "@a" argument "x" of type "Int!" is required, but it was not provided."#
                ]
            ),
            (
                SDLErrors.schema, [#"extend type Query @d(b: "y")"#],
                [
                    #"1:19 Directive "@d" argument "a" of type "Int!" is required, but it was not provided."#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query @e", "directive @e(x: Int!) on OBJECT"],
                [
                    #"1/1:19 Directive "@e" argument "x" of type "Int!" is required, but it was not provided."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless directives get the arguments that they require`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
