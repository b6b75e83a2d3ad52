import Testing

@testable import GraphQL

@Suite struct UniqueArgumentDefinitionNamesSDLTests {
    private let rule = SDLRule.uniqueArgumentDefinitionNames

    @Test(
        arguments: [
            (nil, ["type A { f(a: Int b: Int): Int g(a: Int): Int } directive @d(a: Int) on FIELD"]),
            (nil, ["extend type A { f(a: Int): Int } interface B { f(a: Int): Int }"]),
        ] as [(String?, [String])])
    func `arguments have different names`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A { f(a: Int a: Int b: Int a: Int): Int }"],
                [
                    #"1:12 1:19 1:33 Argument "A.f(a:)" can only be defined once."#
                ]
            ),
            (
                nil, ["interface A { f(a: Int a: Int): Int g(b: Int b: Int): Int }"],
                [
                    #"1:17 1:24 Argument "A.f(a:)" can only be defined once."#,
                    #"1:39 1:46 Argument "A.g(b:)" can only be defined once."#,
                ]
            ),
            (
                nil,
                ["extend type A { f(a: Int a: Int): Int } extend interface B { f(c: Int d: Int c: Int d: Int): Int }"],
                [
                    #"1:19 1:26 Argument "A.f(a:)" can only be defined once."#,
                    #"1:64 1:78 Argument "B.f(c:)" can only be defined once."#,
                    #"1:71 1:85 Argument "B.f(d:)" can only be defined once."#,
                ]
            ),
            (
                nil, ["directive @d(a: Int b: Int a: Int) on FIELD"],
                [
                    #"1:14 1:28 Argument "@d(a:)" can only be defined once."#
                ]
            ),
            (
                nil, ["type A { f(a: Int): Int }", "type B { f(a: Int a: Int): Int }"],
                [
                    #"2/1:12 2/1:19 Argument "B.f(a:)" can only be defined once."#
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query { b(x: Int x: Int): Int }"],
                [
                    #"1:23 1:30 Argument "Query.b(x:)" can only be defined once."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless arguments have different names`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
