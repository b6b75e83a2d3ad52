import Testing

@testable import GraphQL

@Suite struct FieldsOnCorrectTypeTests {
    private let rule = ValidationRule.fieldsOnCorrectType

    @Test(arguments: [
        "{ dog { __typename name } }",
        "{ dog { tn: __typename otherName: name } }",
        "{ pet { __typename name } catOrDog { __typename ... on Dog { barks } } }",
        #"{ __schema { types { name } } __type(name: "Dog") { name } }"#,
        "{ ... on Unknown { a { b } } ...F } fragment F on Nothing { c }",
        "mutation { anything { goes } }",
    ])
    func `fields of their types, meta-fields, and those of unknown types`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ dog { unknown { deeper } } cat { meowVolme } }",
                [
                    #"1:9 Cannot query field "unknown" on type "Dog"."#,
                    #"1:36 Cannot query field "meowVolme" on type "Cat". Did you mean "meowVolume"?"#,
                ]
            ),
            (
                "{ dog { volume: barkVolum } }",
                [
                    #"1:9 Cannot query field "barkVolum" on type "Dog". Did you mean "barkVolume"?"#
                ]
            ),
            (
                "{ pet { nickname } }",
                [
                    #"1:9 Cannot query field "nickname" on type "Pet". Did you mean to use an inline fragment on "Cat" or "Dog"?"#
                ]
            ),
            (
                "{ pet { furColor barks } }",
                [
                    #"1:9 Cannot query field "furColor" on type "Pet". Did you mean to use an inline fragment on "Cat"?"#,
                    #"1:18 Cannot query field "barks" on type "Pet". Did you mean to use an inline fragment on "Dog"?"#,
                ]
            ),
            (
                "{ catOrDog { name } }",
                [
                    #"1:14 Cannot query field "name" on type "CatOrDog". Did you mean to use an inline fragment on "Pet", "Canine", "Cat", or "Dog"?"#
                ]
            ),
            (
                "{ catOrDog { unknown } human { ... on Dog { surname } ... { pet } } }",
                [
                    #"1:14 Cannot query field "unknown" on type "CatOrDog"."#,
                    #"1:45 Cannot query field "surname" on type "Dog". Did you mean "name"?"#,
                    #"1:61 Cannot query field "pet" on type "Human". Did you mean "pets"?"#,
                ]
            ),
            (
                "fragment F on Canine { nickname ... on Dog { __schema { types { name } } } }",
                [
                    #"1:24 Cannot query field "nickname" on type "Canine". Did you mean to use an inline fragment on "Dog"?"#,
                    #"1:46 Cannot query field "__schema" on type "Dog"."#,
                ]
            ),
            (
                "subscription { __schema { types { name } } }",
                [
                    #"1:16 Cannot query field "__schema" on type "Subscription"."#
                ]
            ),
            (
                "{ canine mammal: mother cats }",
                [
                    #"1:3 Cannot query field "canine" on type "QueryRoot"."#,
                    #"1:10 Cannot query field "mother" on type "QueryRoot"."#,
                    #"1:25 Cannot query field "cats" on type "QueryRoot". Did you mean "cat"?"#,
                ]
            ),
        ] as [(String, [String])])
    func `fields that their type does not define are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
    @Test(arguments: [
        ("{ item0 }", #"Cannot query field "item0" on type "Query". Did you mean "item2" or "item10"?"#),
        (
            "{ any { text } }",
            #"Cannot query field "text" on type "Any". Did you mean to use an inline fragment on "A2" or "A10"?"#
        ),
    ])
    func `suggestions count numbers in names as such`(_ document: String, _ message: String) throws {
        let schema = try Schema(
            Document(
                parsing: """
                    type Query { item10: Int item2: Int any: Any }
                    union Any = A10 | A2
                    type A10 { text: Int }
                    type A2 { text: Int }
                    """))
        #expect(schema.validate(try Document(parsing: document)).map(\.message) == [message])
    }
}
