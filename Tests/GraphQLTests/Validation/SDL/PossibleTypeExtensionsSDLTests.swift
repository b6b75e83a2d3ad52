import Testing

@testable import GraphQL

@Suite struct PossibleTypeExtensionsSDLTests {
    private let rule = SDLRule.possibleTypeExtensions

    @Test(
        arguments: [
            (
                nil,
                [
                    "scalar A type B { a: Int } interface C { a: Int } union D = B enum E { X } input F { x: Int } extend scalar A @a extend type B { b: Int } extend interface C { b: Int } extend union D = G extend enum E { Y } extend input F { y: Int }"
                ]
            ),
            (nil, ["extend type Later { b: Int } type Later { a: Int }"]),
            (nil, ["type A { a: Int }", "extend type A { b: Int }"]),
            (
                SDLErrors.schema,
                [
                    "extend type Query { b: Int } extend interface I { b: Int } extend union U = Mutation extend enum E { C } extend input In { y: Int } extend scalar D @a"
                ]
            ),
        ] as [(String?, [String])])
    func `what is extended exists and is of the same kind`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil,
                [
                    "type Known { a: Int } extend scalar Knwn @a extend type Unknown { a: Int } extend interface Known1 { a: Int } extend union Nope = Known extend enum E { X } extend input F { x: Int }"
                ],
                [
                    #"1:37 Cannot extend type "Knwn" because it is not defined. Did you mean "Known"?"#,
                    #"1:57 Cannot extend type "Unknown" because it is not defined. Did you mean "Known"?"#,
                    #"1:93 Cannot extend type "Known1" because it is not defined. Did you mean "Known"?"#,
                    #"1:124 Cannot extend type "Nope" because it is not defined."#,
                    #"1:149 Cannot extend type "E" because it is not defined."#,
                    #"1:170 Cannot extend type "F" because it is not defined."#,
                ]
            ),
            (
                nil,
                [
                    "scalar A type B { a: Int } interface C { a: Int } union D = B enum E { X } input F { x: Int } extend type A { a: Int } extend interface B { a: Int } extend union C = B extend enum D { X } extend input E { x: Int } extend scalar F @a"
                ],
                [
                    #"1:1 1:95 Cannot extend non-object type "A"."#,
                    #"1:10 1:120 Cannot extend non-interface type "B"."#,
                    #"1:28 1:150 Cannot extend non-union type "C"."#,
                    #"1:51 1:169 Cannot extend non-enum type "D"."#,
                    #"1:63 1:189 Cannot extend non-input object type "E"."#,
                    #"1:76 1:215 Cannot extend non-scalar type "F"."#,
                ]
            ),
            (
                nil, ["extend enum A { X }", "type A { a: Int }"],
                [
                    #"2/1:1 1/1:1 Cannot extend non-enum type "A"."#
                ]
            ),
            (
                nil, ["type A { a: Int }", "extend enum A { X }"],
                [
                    #"1/1:1 2/1:1 Cannot extend non-enum type "A"."#
                ]
            ),
            (
                SDLErrors.schema,
                [
                    "extend type I { b: Int } extend interface Query { b: Int } extend enum U { C } extend union E = Query extend scalar In @a extend input D { y: Int }"
                ],
                [
                    #"1:1 Cannot extend non-object type "I"."#,
                    #"1:26 Cannot extend non-interface type "Query"."#,
                    #"1:60 Cannot extend non-enum type "U"."#,
                    #"1:80 Cannot extend non-union type "E"."#,
                    #"1:103 Cannot extend non-scalar type "In"."#,
                    #"1:123 Cannot extend non-input object type "D"."#,
                ]
            ),
            (
                SDLErrors.schema, ["extend type Mutatin { a: Int } extend type New { a: Int } type Nev { a: Int }"],
                [
                    #"1:13 Cannot extend type "Mutatin" because it is not defined. Did you mean "Mutation"?"#,
                    #"1:44 Cannot extend type "New" because it is not defined. Did you mean "Nev" or "E"?"#,
                ]
            ),
            (
                SDLErrors.schema, ["type New { a: Int }", "extend input New { a: Int } extend type Query { b: Int }"],
                [
                    #"1/1:1 2/1:1 Cannot extend non-input object type "New"."#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless what is extended exists and is of the same kind`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
