import Testing

@testable import GraphQL

/// Spec: 3 Type System, Type Validation
@Suite struct TypeValidationNamesTests {
    @Test(
        arguments: [
            (
                "type Query { _a: Int a__b: Int }",
                []
            ),
            (
                "type Query { __a(__b: Int): Int } type __T { a: Int } interface __I { __a: Int } union __U = Query enum __E { __X } input __In { __x: Int } scalar __S directive @__d(__x: Int) on FIELD",
                [
                    #"1:152 Name "__d" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:167 Name "__x" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:14 Name "__a" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:18 Name "__b" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:35 Name "__T" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:55 Name "__I" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:71 Name "__a" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:82 Name "__U" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:100 Name "__E" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:111 Name "__X" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:117 Name "__In" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:130 Name "__x" must not begin with "__", which is reserved by GraphQL introspection."#,
                    #"1:141 Name "__S" must not begin with "__", which is reserved by GraphQL introspection."#,
                ]
            ),
        ] as [(String, [String])])
    func `names that begin with two underscores are reserved`(_ sdl: String, _ errors: [String]) throws {
        #expect(try SchemaCheck.errors(sdl) == errors)
    }

    /// Spec: 3.3 Schema, "no provided type may have a name which conflicts with any built in types"
    @Test(
        arguments: [
            ("scalar Int", []), ("scalar __Type", ["1:8 __Type"]),
            ("scalar DateTime", []),
            ("type String { a: Int }", ["1:6 String"]),
            ("enum __TypeKind { A } input ID { __a: Missing }", ["1:6 __TypeKind", "1:29 ID"]),
            (
                "type __Meta { a: Int }",
                [#"1:1 Name "__Meta" must not begin with "__", which is reserved by GraphQL introspection."#]
            ),
        ] as [(String, [String])])
    func `built-in types can't be defined again`(_ sdl: String, _ errors: [String]) throws {
        let found = try SchemaCheck.errors(sdl + " type Query { a(b: String c: ID): Int }")
        let end = #"" already exists in the schema. It cannot also be defined in this type definition."#
        #expect(found.map { $0.replacing(#"Type ""#, with: "").replacing(end, with: "") } == errors)
    }
}
