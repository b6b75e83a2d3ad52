import Testing

@testable import GraphQL

@Suite struct UniqueInputFieldNamesSDLTests {
    private let rule = SDLRule.uniqueInputFieldNames

    @Test(
        arguments: [
            (nil, ["type A { a(b: In = {x: 1, y: {x: 1}}): Int } input In { x: Int y: In = {x: 2} }"])
        ] as [(String?, [String])])
    func `an object gives a field once`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A { a(b: In = {x: 1, x: 2}): Int }"],
                [
                    #"1:21 1:27 There can be only one input field named "x"."#
                ]
            ),
            (
                nil, ["type A @a(x: {y: 1, z: [{w: 1, w: 2, v: {w: 1, w: 2}}], y: 3}) { a: Int }"],
                [
                    #"1:26 1:32 There can be only one input field named "w"."#,
                    #"1:42 1:48 There can be only one input field named "w"."#,
                    #"1:15 1:57 There can be only one input field named "y"."#,
                ]
            ),
            (
                nil, ["input In { x: In = {y: 1, y: 2, y: 3} }"],
                [
                    #"1:21 1:27 There can be only one input field named "y"."#,
                    #"1:21 1:33 There can be only one input field named "y"."#,
                ]
            ),
            (
                nil, ["input A { x: In = {y: 1} }", "input B { x: In = {y: 1, y: 1} }"],
                [
                    #"2/1:20 2/1:26 There can be only one input field named "y"."#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query { b(c: In = {x: 1, x: 1}): Int }"],
                [
                    #"1:32 1:38 There can be only one input field named "x"."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless an object gives a field once`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
