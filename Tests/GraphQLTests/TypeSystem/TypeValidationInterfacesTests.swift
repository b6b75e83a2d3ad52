import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationInterfacesTests {
    @Test(
        arguments: [
            (
                "type Query { a: Int } interface N { id: ID! } interface M implements N { id: ID! a: Int } type A implements M & N { id: ID! a: Int }",
                []
            ),
            (
                "type Query { a: Int } interface N { a: N b: [N] c: [N!]! d: U e: N } union U = A | B type A implements N { a: A b: [A!]! c: [A!]! d: A e: N! } type B implements N { a: N! b: [N]! c: [B!]! d: U! e: B! }",
                []
            ),
            (
                "type Query { a: Int } interface N { f(a: Int): Int } type A implements N { f(a: Int b: Int c: Int! = 1): Int }",
                []
            ),
            (
                "type Query { a: Int } interface N { f(a: Int = 1): Int } type A implements N { f(a: Int = 2): Int }",
                []
            ),
            (
                "type Query { a: Int } interface N { a: Int b: Int } type A implements N { c: Int }",
                [
                    "1:37 1:53 Interface field N.a expected but A does not provide it.",
                    "1:44 1:53 Interface field N.b expected but A does not provide it.",
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int } type A implements N { c: Int } extend type A { d: Int }",
                [
                    "1:37 1:46 1:77 Interface field N.a expected but A does not provide it."
                ]
            ),
            (
                "type Query { a: Int } type A implements Query & U & E { a: Int } union U = Query enum E { X }",
                [
                    "1:41 Type A must only implement Interface types, it cannot implement Query.",
                    "1:49 Type A must only implement Interface types, it cannot implement U.",
                    "1:53 Type A must only implement Interface types, it cannot implement E.",
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int } type A implements N & N { a: Int }",
                [
                    "1:64 1:68 Type A can only implement N once."
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int } type A implements N { a: Int } extend type A implements N",
                [
                    "1:64 1:102 Type A can only implement N once."
                ]
            ),
            (
                "type Query { a: Int } interface N implements N { a: Int }",
                [
                    "1:46 Type N cannot implement itself because it would create a circular reference."
                ]
            ),
            (
                "type Query { a: Int } interface M implements N { a: Int } interface N implements M { a: Int }",
                [
                    "1:82 1:46 Type M cannot implement N because it would create a circular reference.",
                    "1:46 1:82 Type N cannot implement M because it would create a circular reference.",
                ]
            ),
            (
                "type Query { a: Int } interface L implements N { a: Int } interface M implements L { a: Int } interface N implements M { a: Int }",
                [
                    "1:118 1:46 Type L must implement M because it is implemented by N.",
                    "1:46 1:82 Type M must implement N because it is implemented by L.",
                    "1:82 1:118 Type N must implement L because it is implemented by M.",
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int } interface M implements N { a: Int } type A implements M { a: Int }",
                [
                    "1:69 1:100 Type A must implement N because it is implemented by M."
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int } interface M implements N { a: Int } interface L implements M { a: Int }",
                [
                    "1:69 1:105 Type L must implement N because it is implemented by M."
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int b: Int! c: [Int] d: [Int!] e: [Int]! f: Int } type A implements N { a: String b: Int c: Int d: [Int] e: [Int] f: [Int] }",
                [
                    "1:40 1:115 Interface field N.a expects type Int but A.a is type String.",
                    "1:47 1:125 Interface field N.b expects type Int! but A.b is type Int.",
                    "1:55 1:132 Interface field N.c expects type [Int] but A.c is type Int.",
                    "1:64 1:139 Interface field N.d expects type [Int!] but A.d is type [Int].",
                    "1:74 1:148 Interface field N.e expects type [Int]! but A.e is type [Int].",
                    "1:84 1:157 Interface field N.f expects type Int but A.f is type [Int].",
                ]
            ),
            (
                "type Query { a: Int } interface N { a: A b: U c: N } union U = B | Query type A implements N { a: B b: A c: Query } type B { a: Int }",
                [
                    "1:40 1:99 Interface field N.a expects type A but A.a is type B.",
                    "1:45 1:104 Interface field N.b expects type U but A.b is type A.",
                    "1:50 1:109 Interface field N.c expects type N but A.c is type Query.",
                ]
            ),
            (
                "type Query { a: Int } interface N { a: [[Int!]!]! b: [N] c: [U!] } union U = A type A implements N { a: [[Int!]]! b: [Query] c: [A] }",
                [
                    "1:40 1:105 Interface field N.a expects type [[Int!]!]! but A.a is type [[Int!]]!.",
                    "1:54 1:118 Interface field N.b expects type [N] but A.b is type [Query].",
                    "1:61 1:129 Interface field N.c expects type [U!] but A.c is type [A].",
                ]
            ),
            (
                "type Query { a: Int } interface N { f(a: Int b: Int): Int g(a: Int): Int h(a: Int!): Int } type A implements N { f(b: Int): Int g(a: String): Int h(a: Int): Int }",
                [
                    "1:39 1:114 Interface field argument N.f(a:) expected but A.f does not provide it.",
                    "1:64 1:134 Interface field argument N.g(a:) expects type Int but A.g(a:) is type String.",
                    "1:79 1:152 Interface field argument N.h(a:) expects type Int! but A.h(a:) is type Int.",
                ]
            ),
            (
                "type Query { a: Int } interface N { f(a: Int): Int } type A implements N { f(a: Int! b: Int! c: Int): Int }",
                [
                    "1:42 1:81 Interface field argument N.f(a:) expects type Int but A.f(a:) is type Int!.",
                    "1:86 1:37 Object field A.f includes required argument b that is missing from the Interface field N.f.",
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int b: Int @deprecated } type A implements N { a: Int @deprecated b: Int @deprecated }",
                [
                    "1:37 1:87 Interface field N.a is not deprecated, so implementation field A.a must not be deprecated."
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int @deprecated } type A implements N { a: Int }",
                []
            ),
            (
                "type Query { a: Int } interface N { a: Int } interface M { a: String } type A implements N & M { a: Int }",
                [
                    "1:63 1:101 Interface field M.a expects type String but A.a is type Int."
                ]
            ),
            (
                "type Query { a: Int } interface N { a: Int } extend interface N { b: Int } type A implements N { a: Int }",
                [
                    "1:67 1:76 Interface field N.b expected but A does not provide it."
                ]
            ),
        ] as [(String, [String])])
    func `a type has what its interfaces have`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }
}
