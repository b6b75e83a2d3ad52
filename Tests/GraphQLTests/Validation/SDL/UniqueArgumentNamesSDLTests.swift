import Testing

@testable import GraphQL

@Suite struct UniqueArgumentNamesSDLTests {
    private let rule = SDLRule.uniqueArgumentNames

    @Test(
        arguments: [
            (nil, ["directive @a(x: Int y: Int) repeatable on OBJECT type A @a(x: 1 y: 2) @a(x: 1) { a: Int }"])
        ] as [(String?, [String])])
    func `a directive is given an argument once`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A @a(x: 1 x: 2) { a: Int @b(y: 1 z: 2 y: 3 y: 4) }"],
                [
                    #"1:11 1:16 There can be only one argument named "x"."#,
                    #"1:34 1:44 1:49 There can be only one argument named "y"."#,
                ]
            ),
            (
                nil, ["extend enum E @a(x: 1 y: 1 x: 1 y: 1) { A @b(z: 1 z: 1) }"],
                [
                    #"1:18 1:28 There can be only one argument named "x"."#,
                    #"1:23 1:33 There can be only one argument named "y"."#,
                    #"1:46 1:51 There can be only one argument named "z"."#,
                ]
            ),
            (
                nil, ["type A @a(x: 1) { a: Int }", "type B @a(x: 1 x: 1) { a: Int }"],
                [
                    #"2/1:11 2/1:16 There can be only one argument named "x"."#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query @d(a: 1 a: 2)"],
                [
                    #"1:22 1:27 There can be only one argument named "a"."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless a directive is given an argument once`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
