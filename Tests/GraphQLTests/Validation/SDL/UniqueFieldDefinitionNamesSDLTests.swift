import Testing

@testable import GraphQL

@Suite struct UniqueFieldDefinitionNamesSDLTests {
    private let rule = SDLRule.uniqueFieldDefinitionNames

    @Test(
        arguments: [
            (nil, ["type A { a: Int b: Int } interface B { a: Int } input C { a: Int }"]),
            (
                nil,
                ["type A { a: Int } extend type A { b: Int } extend interface B { c: Int } extend input C { d: Int }"]
            ),
            (
                SDLErrors.schema,
                ["extend type Query { b: Int } extend input In { y: Int } extend interface I { name: ID }"]
            ),
        ] as [(String?, [String])])
    func `a type's fields have different names`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A { a: Int b: Int a: String }"],
                [
                    #"1:10 1:24 Field "A.a" can only be defined once."#
                ]
            ),
            (
                nil, ["interface A { a: Int a: Int a: Int } input B { b: Int b: Int }"],
                [
                    #"1:15 1:22 Field "A.a" can only be defined once."#,
                    #"1:15 1:29 Field "A.a" can only be defined once."#,
                    #"1:48 1:55 Field "B.b" can only be defined once."#,
                ]
            ),
            (
                nil, ["type A { a: Int } extend type A { a: Int } extend type A { b: Int b: Int }"],
                [
                    #"1:10 1:35 Field "A.a" can only be defined once."#,
                    #"1:60 1:67 Field "A.b" can only be defined once."#,
                ]
            ),
            (
                nil, ["extend input A { a: Int } extend input A { a: Int }"],
                [
                    #"1:18 1:44 Field "A.a" can only be defined once."#
                ]
            ),
            (
                nil, ["extend interface A { a: Int } extend interface A { a: Int }"],
                [
                    #"1:22 1:52 Field "A.a" can only be defined once."#
                ]
            ),
            (
                nil, ["type A { a: Int }", "extend type A { a: Int }", "extend type A { a: Int b: Int }"],
                [
                    #"1/1:10 2/1:17 Field "A.a" can only be defined once."#,
                    #"1/1:10 3/1:17 Field "A.a" can only be defined once."#,
                ]
            ),
            (
                SDLErrors.schema,
                ["extend type Query { a: Int } extend input In { x: Int } extend interface I { id: ID }"],
                [
                    #"1:21 Field "Query.a" already exists in the schema. It cannot also be defined in this type extension."#,
                    #"1:48 Field "In.x" already exists in the schema. It cannot also be defined in this type extension."#,
                    #"1:78 Field "I.id" already exists in the schema. It cannot also be defined in this type extension."#,
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query { b: Int }", "extend type Query { a: Int b: Int }"],
                [
                    #"2/1:21 Field "Query.a" already exists in the schema. It cannot also be defined in this type extension."#,
                    #"1/1:21 2/1:28 Field "Query.b" can only be defined once."#,
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless a type's fields have different names`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
