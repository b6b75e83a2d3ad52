import Testing

@testable import GraphQL

@Suite struct KnownArgumentNamesOnDirectivesSDLTests {
    private let rule = SDLRule.knownArgumentNamesOnDirectives

    @Test(
        arguments: [
            (nil, [#"directive @a(x: Int) on OBJECT type A @a(x: 1) { a: Int @deprecated(reason: "r") }"#]),
            (nil, ["type A @unknown(x: 1) { a: Int }"]),
            (nil, ["type A @a { a: Int } directive @a(x: Int) on OBJECT"]),
        ] as [(String?, [String])])
    func `directives have the arguments that they are given`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil,
                [
                    #"directive @a(first: Int last: Int) on OBJECT type A @a(frst: 1 lst: 2 zzz: 3) { a: Int @deprecated(reson: "r") }"#
                ],
                [
                    #"1:56 Unknown argument "frst" on directive "@a". Did you mean "first" or "last"?"#,
                    #"1:64 Unknown argument "lst" on directive "@a". Did you mean "last"?"#,
                    #"1:71 Unknown argument "zzz" on directive "@a"."#,
                    #"1:100 Unknown argument "reson" on directive "@deprecated". Did you mean "reason"?"#,
                ]
            ),
            (
                nil, ["directive @a on OBJECT type A { a: Int } extend type A @a(x: 1)"],
                [
                    #"1:59 Unknown argument "x" on directive "@a"."#
                ]
            ),
            (
                nil, ["type A @a(x: 1 y: 2) { a: Int }", "directive @a(x: Int) on OBJECT"],
                [
                    #"1/1:16 Unknown argument "y" on directive "@a". Did you mean "x"?"#
                ]
            ),
            (
                SDLErrors.schema, [#"extend type Query @d(a: 1 b: "y" c: 2)"#],
                [
                    #"1:34 Unknown argument "c" on directive "@d". Did you mean "a" or "b"?"#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query @e(y: 1)", "directive @e(x: Int) on OBJECT"],
                [
                    #"1/1:22 Unknown argument "y" on directive "@e". Did you mean "x"?"#
                ]
            ),
            (
                nil,
                [#"directive @deprecated(why: String) on FIELD_DEFINITION type A { a: Int @deprecated(reason: "r") }"#],
                [
                    #"1:84 Unknown argument "reason" on directive "@deprecated"."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless directives have the arguments that they are given`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
