import Testing

@testable import GraphQL

@Suite struct UniqueDirectivesPerLocationSDLTests {
    private let rule = SDLRule.uniqueDirectivesPerLocation

    @Test(
        arguments: [
            (nil, ["directive @a on OBJECT | FIELD_DEFINITION type A @a { a: Int @a b: Int @a } type B @a { a: Int }"]),
            (nil, ["directive @a repeatable on OBJECT type A @a @a { a: Int } extend type A @a"]),
            (nil, ["type A @unknown @unknown { a: Int }"]),
            (SDLErrors.schema, ["extend type Query @r @r extend type Query @r"]),
        ] as [(String?, [String])])
    func `a directive stands once at a place`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil,
                ["directive @a on OBJECT | FIELD_DEFINITION directive @b on OBJECT type A @a @b @a { a: Int @a @a }"],
                [
                    #"1:73 1:79 The directive "@a" can only be used once at this location."#,
                    #"1:91 1:94 The directive "@a" can only be used once at this location."#,
                ]
            ),
            (
                nil, ["directive @a on OBJECT type A @a { a: Int } extend type A @a extend type A @a"],
                [
                    #"1:31 1:59 The directive "@a" can only be used once at this location."#,
                    #"1:31 1:76 The directive "@a" can only be used once at this location."#,
                ]
            ),
            (
                nil, ["directive @a on SCHEMA schema @a { query: Q } extend schema @a"],
                [
                    #"1:31 1:61 The directive "@a" can only be used once at this location."#
                ]
            ),
            (
                nil,
                [
                    "directive @a on SCALAR | ENUM | ENUM_VALUE | UNION | INTERFACE | INPUT_OBJECT | INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION scalar S @a @a enum E @a @a { X @a @a } union U @a @a = A interface I @a @a { f(x: Int @a @a): Int } input In @a @a { x: Int @a @a }"
                ],
                [
                    #"1:135 1:138 The directive "@a" can only be used once at this location."#,
                    #"1:148 1:151 The directive "@a" can only be used once at this location."#,
                    #"1:158 1:161 The directive "@a" can only be used once at this location."#,
                    #"1:174 1:177 The directive "@a" can only be used once at this location."#,
                    #"1:196 1:199 The directive "@a" can only be used once at this location."#,
                    #"1:213 1:216 The directive "@a" can only be used once at this location."#,
                    #"1:236 1:239 The directive "@a" can only be used once at this location."#,
                    #"1:251 1:254 The directive "@a" can only be used once at this location."#,
                ]
            ),
            (
                nil, ["directive @a on OBJECT type A @a { a: Int }", "extend type A @a", "extend type A { b: Int }"],
                [
                    #"1/1:31 2/1:15 The directive "@a" can only be used once at this location."#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query @d(a: 1) @d(a: 2)"],
                [
                    #"1:19 1:28 The directive "@d" can only be used once at this location."#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query @d(a: 1)", "extend type Query @d(a: 1)"],
                [
                    #"1/1:19 2/1:19 The directive "@d" can only be used once at this location."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless a directive stands once at a place`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
