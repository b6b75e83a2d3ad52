import Testing

@testable import GraphQL

@Suite struct ValidationTests {
    @Test func `a valid document has no errors`() throws {
        let document = """
            query Dogs($inside: Boolean!, $complex: ComplexInput!) @onQuery {
              dog { ...Names isHouseTrained(atOtherHomes: $inside) mother @include(if: $inside) { ...Names } }
              args { complex(value: $complex) stringList(value: ["a", "b"]) }
              __schema { queryType { name } }
            }
            subscription Cats { newCat { ...Names } }
            fragment Names on Pet { __typename name(surname: true) ... on Cat { furColor } }
            """
        #expect(try ValidationSchema.errors(of: .all, in: document) == [])
    }

    /// What is seen at a node comes in source order, then what needs all definitions.
    @Test func `the errors of all rules are reported at once`() throws {
        let document = """
            query A($a: Dog, $b: Int) { dog { nam } }
            { pet @skip { name(a: $c) ...F } }
            fragment F on Cat { name ...G }
            type T { a: Int }
            """
        #expect(
            try ValidationSchema.errors(of: .all, in: document) == [
                #"4:1 The "T" definition is not executable."#,
                "2:1 This anonymous operation must be the only defined operation.",
                #"1:13 Variable "$a" cannot be non-input type "Dog"."#,
                #"1:35 Cannot query field "nam" on type "Dog". Did you mean "name"?"#,
                #"2:7 Directive "@skip" argument "if" of type "Boolean!" is required, but it was not provided."#,
                #"2:20 Unknown argument "a" on field "Pet.name"."#,
                #"3:29 Unknown fragment "G"."#,
                #"1:9 Variable "$a" is never used in operation "A"."#,
                #"1:18 Variable "$b" is never used in operation "A"."#,
                #"2:23 2:1 Variable "$c" is not defined."#,
                #"2:15 3:21 Fields "name" conflict because they have differing arguments. "#
                    + "Use different aliases on the fields to fetch both if this was intentional.",
            ])
    }

    @Test func `places count lines of every kind, and columns in code points`() throws {
        let document = "{ dog {\r\n  a # é😀\r b\nname(surname: \"é😀\") c } }"
        #expect(
            try ValidationSchema.errors(of: [.fieldsOnCorrectType, .valuesOfCorrectType], in: document) == [
                #"2:3 Cannot query field "a" on type "Dog"."#,
                #"3:2 Cannot query field "b" on type "Dog"."#,
                #"4:15 Boolean cannot represent a non boolean value: "é😀""#,
                #"4:21 Cannot query field "c" on type "Dog"."#,
            ])
    }

    @Test func `rules are known by the names of graphql-js`() {
        #expect(ValidationRule(name: "LoneAnonymousOperationRule") == .loneAnonymousOperation)
        #expect(ValidationRule(name: "OverlappingFieldsCanBeMergedRule") == .overlappingFieldsCanBeMerged)
        #expect(ValidationRule(name: "NoSchemaIntrospectionCustomRule") == nil)
        #expect(ValidationRule.allCases.allSatisfy { ValidationRule(name: $0.name) == $0 })
    }
}
