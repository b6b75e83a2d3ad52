import Testing

@testable import GraphQL

@Suite struct KnownDirectivesSDLTests {
    private let rule = SDLRule.knownDirectives

    @Test(
        arguments: [
            (
                nil,
                [
                    "directive @all on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION schema @all { query: A } scalar S @all type A @all { a(b: Int @all): Int @all } interface I @all { a: Int } union U @all = A enum E @all { X @all } input In @all { x: Int @all } extend schema @all extend scalar S @all extend type A @all extend interface I @all extend union U @all extend enum E @all extend input In @all"
                ]
            ),
            (
                nil,
                [
                    #"type A { a: Int @deprecated b(c: Int @deprecated): Int } enum E { X @deprecated } input In { x: Int @deprecated } scalar S @specifiedBy(url: "x")"#
                ]
            ),
            (SDLErrors.schema, ["extend type Query @d(a: 1) { b: Int @d(a: 1) } type New @r { a: Int }"]),
        ] as [(String?, [String])])
    func `directives are known and in their places`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A @deprecate { a: Int @nope(x: 1) }"],
                [
                    #"1:8 Unknown directive "@deprecate"."#,
                    #"1:28 Unknown directive "@nope"."#,
                ]
            ),
            (
                nil,
                [
                    "directive @none on FIELD schema @none { query: A } scalar S @none type A @none { a(b: Int @none): Int @none } interface I @none { a: Int } union U @none = A enum E @none { X @none } input In @none { x: Int @none } extend schema @none extend scalar S @none extend type A @none extend interface I @none extend union U @none extend enum E @none extend input In @none"
                ],
                [
                    #"1:33 Directive "@none" may not be used on SCHEMA."#,
                    #"1:61 Directive "@none" may not be used on SCALAR."#,
                    #"1:74 Directive "@none" may not be used on OBJECT."#,
                    #"1:91 Directive "@none" may not be used on ARGUMENT_DEFINITION."#,
                    #"1:103 Directive "@none" may not be used on FIELD_DEFINITION."#,
                    #"1:123 Directive "@none" may not be used on INTERFACE."#,
                    #"1:148 Directive "@none" may not be used on UNION."#,
                    #"1:165 Directive "@none" may not be used on ENUM."#,
                    #"1:175 Directive "@none" may not be used on ENUM_VALUE."#,
                    #"1:192 Directive "@none" may not be used on INPUT_OBJECT."#,
                    #"1:207 Directive "@none" may not be used on INPUT_FIELD_DEFINITION."#,
                    #"1:229 Directive "@none" may not be used on SCHEMA."#,
                    #"1:251 Directive "@none" may not be used on SCALAR."#,
                    #"1:271 Directive "@none" may not be used on OBJECT."#,
                    #"1:296 Directive "@none" may not be used on INTERFACE."#,
                    #"1:317 Directive "@none" may not be used on UNION."#,
                    #"1:337 Directive "@none" may not be used on ENUM."#,
                    #"1:359 Directive "@none" may not be used on INPUT_OBJECT."#,
                ]
            ),
            (
                nil, [#"type A @deprecated { a: Int @specifiedBy(url: "x") @skip(if: true) } scalar S @deprecated"#],
                [
                    #"1:8 Directive "@deprecated" may not be used on OBJECT."#,
                    #"1:29 Directive "@specifiedBy" may not be used on FIELD_DEFINITION."#,
                    #"1:52 Directive "@skip" may not be used on FIELD_DEFINITION."#,
                    #"1:79 Directive "@deprecated" may not be used on SCALAR."#,
                ]
            ),
            (
                nil, ["directive @d(a: Int @d) on FIELD"],
                [
                    #"1:21 Directive "@d" may not be used on ARGUMENT_DEFINITION."#
                ]
            ),
            (
                nil, ["type A @a { a: Int @b }", "directive @a on OBJECT"],
                [
                    #"1/1:20 Unknown directive "@b"."#
                ]
            ),
            (
                SDLErrors.schema, ["extend enum E @d extend schema @r @d type New @e { a: Int }"],
                [
                    #"1:15 Directive "@d" may not be used on ENUM."#,
                    #"1:35 Directive "@d" may not be used on SCHEMA."#,
                    #"1:47 Unknown directive "@e"."#,
                ]
            ),
            (
                SDLErrors.schema, ["type New @e @f { a: Int }", "directive @e on OBJECT"],
                [
                    #"1/1:13 Unknown directive "@f"."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless directives are known and in their places`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
