import Testing

@testable import GraphQL

@Suite struct UniqueTypeNamesSDLTests {
    private let rule = SDLRule.uniqueTypeNames

    @Test(
        arguments: [
            (nil, ["type A { a: Int } scalar B enum C { X } union D = A input E { x: Int } interface F { a: Int }"]),
            (nil, ["type A { a: Int } extend type A { b: Int } extend enum A { C }"]),
            (nil, ["type A { a: Int } fragment A on B { c } query A { d } directive @A on FIELD"]),
            (SDLErrors.schema, ["extend type Query { b: Int } scalar New"]),
        ] as [(String?, [String])])
    func `types have different names`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A { a: Int } type A { b: Int } scalar A enum A { X }"],
                [
                    #"1:6 1:24 There can be only one type named "A"."#,
                    #"1:6 1:44 There can be only one type named "A"."#,
                    #"1:6 1:51 There can be only one type named "A"."#,
                ]
            ),
            (
                nil, ["scalar A union A = B input A { a: Int } interface A { b: Int }"],
                [
                    #"1:8 1:16 There can be only one type named "A"."#,
                    #"1:8 1:28 There can be only one type named "A"."#,
                    #"1:8 1:51 There can be only one type named "A"."#,
                ]
            ),
            (
                nil, ["scalar A", "scalar B", "scalar A scalar B"],
                [
                    #"1/1:8 3/1:8 There can be only one type named "A"."#,
                    #"2/1:8 3/1:17 There can be only one type named "B"."#,
                ]
            ),
            (
                SDLErrors.schema, ["scalar Query type In { a: Int } enum New { A } scalar New"],
                [
                    #"1:8 Type "Query" already exists in the schema. It cannot also be defined in this type definition."#,
                    #"1:19 Type "In" already exists in the schema. It cannot also be defined in this type definition."#,
                    #"1:38 1:55 There can be only one type named "New"."#,
                ]
            ),
            (
                SDLErrors.schema, ["scalar I", "scalar I"],
                [
                    #"1/1:8 Type "I" already exists in the schema. It cannot also be defined in this type definition."#,
                    #"2/1:8 Type "I" already exists in the schema. It cannot also be defined in this type definition."#,
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless types have different names`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
