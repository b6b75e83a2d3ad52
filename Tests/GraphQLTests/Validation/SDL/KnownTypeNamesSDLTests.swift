import Testing

@testable import GraphQL

@Suite struct KnownTypeNamesSDLTests {
    private let rule = SDLRule.knownTypeNames

    @Test(
        arguments: [
            (
                nil,
                [
                    "type A implements I { a(b: In = {}): [A!]! } interface I { a: E } enum E { X } union U = A input In { x: D } scalar D directive @d(x: In) on FIELD schema { query: A }"
                ]
            ),
            (nil, ["type A { a: String b: Int c: Float d: Boolean e: ID f: __Schema }"]),
            (SDLErrors.schema, ["extend type Query { b(y: In): E } type New { u: U d: D }"]),
        ] as [(String?, [String])])
    func `types that are named exist`(_ schema: String?, _ documents: [String]) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == [])
    }

    @Test(
        arguments: [
            (
                nil, ["type A implements X & Y { a(b: [Z!]): [[W]] }"],
                [
                    #"1:19 Unknown type "X". Did you mean "A"?"#,
                    #"1:23 Unknown type "Y". Did you mean "A"?"#,
                    #"1:33 Unknown type "Z". Did you mean "A"?"#,
                    #"1:41 Unknown type "W". Did you mean "A"?"#,
                ]
            ),
            (
                nil, ["union U = A | B"],
                [
                    #"1:11 Unknown type "A". Did you mean "U"?"#,
                    #"1:15 Unknown type "B". Did you mean "U"?"#,
                ]
            ),
            (
                nil, ["interface I implements J { a: K }"],
                [
                    #"1:24 Unknown type "J". Did you mean "I"?"#,
                    #"1:31 Unknown type "K". Did you mean "I"?"#,
                ]
            ),
            (
                nil, ["input A { b: Strin c: [Boolea!]! }"],
                [
                    #"1:14 Unknown type "Strin". Did you mean "String"?"#,
                    #"1:24 Unknown type "Boolea". Did you mean "Boolean"?"#,
                ]
            ),
            (
                nil, ["schema { query: Q mutation: M } extend schema { subscription: S }"],
                [
                    #"1:17 Unknown type "Q"."#,
                    #"1:29 Unknown type "M"."#,
                    #"1:63 Unknown type "S"."#,
                ]
            ),
            (
                nil, ["directive @d(a: X b: [Y]) on FIELD"],
                [
                    #"1:17 Unknown type "X"."#,
                    #"1:23 Unknown type "Y"."#,
                ]
            ),
            (
                nil, ["extend type A implements B { c: D } extend union E = F extend input G { h: H }"],
                [
                    #"1:26 Unknown type "B"."#,
                    #"1:33 Unknown type "D". Did you mean "ID"?"#,
                    #"1:54 Unknown type "F"."#,
                    #"1:76 Unknown type "H"."#,
                ]
            ),
            (
                nil, ["type Person { a: Persn b: person c: Pers }"],
                [
                    #"1:18 Unknown type "Persn". Did you mean "Person"?"#,
                    #"1:27 Unknown type "person". Did you mean "Person"?"#,
                    #"1:37 Unknown type "Pers". Did you mean "Person"?"#,
                ]
            ),
            (
                nil, ["type A { b: B }", "type B { c: C }"],
                [
                    #"2/1:13 Unknown type "C". Did you mean "A" or "B"?"#
                ]
            ),
            (
                nil, ["type A { b: B }", "type C { b: Cc }"],
                [
                    #"1/1:13 Unknown type "B". Did you mean "A" or "C"?"#,
                    #"2/1:13 Unknown type "Cc". Did you mean "C"?"#,
                ]
            ),
            (
                SDLErrors.schema, ["extend type Query { b(y: Inn): Quer }"],
                [
                    #"1:26 Unknown type "Inn". Did you mean "In", "Int", "I", or "ID"?"#,
                    #"1:32 Unknown type "Quer". Did you mean "Query"?"#,
                ]
            ),
            (
                SDLErrors.schema, ["type New { q: Query }", "extend type Query { n: New m: Neww }"],
                [
                    #"2/1:31 Unknown type "Neww". Did you mean "New"?"#
                ]
            ),
        ] as [(String?, [String], [String])])
    func `it is an error unless types that are named exist`(
        _ schema: String?, _ documents: [String], _ errors: [String]
    ) throws {
        #expect(try SDLErrors.of(rule, in: documents, extending: schema) == errors)
    }
}
