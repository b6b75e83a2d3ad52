import Testing

@testable import GraphQL

@Suite struct PossibleFragmentSpreadsTests {
    private let rule = ValidationRule.possibleFragmentSpreads

    @Test(arguments: [
        "{ dog { ...F } } fragment F on Dog { barks }",
        "{ pet { ... on Dog { barks } ... on Canine { name } ... on CatOrDog { __typename } ... { name } } }",
        "{ dog { ... on Pet { name } ... on Canine { name } ... on CatOrDog { __typename } } }",
        "{ catOrDog { ... on Pet { name } ... on Cat { meows } } }",
        "{ pet { ... on Unknown { a } ...G ...H ... on String { a } } } fragment H on FurColor { a }",
    ])
    func `fragments that can apply`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ cat { ...F } } fragment F on Dog { barkVolume }",
                [
                    #"1:9 Fragment "F" cannot be spread here as objects of type "Cat" can never be of type "Dog"."#
                ]
            ),
            (
                "{ cat { ... on Dog { barkVolume } } }",
                [
                    #"1:9 Fragment cannot be spread here as objects of type "Cat" can never be of type "Dog"."#
                ]
            ),
            (
                "{ catOrDog { ... on Human { name } } human { ... on Pet { name } ...F } } fragment F on CatOrDog { __typename }",
                [
                    #"1:14 Fragment cannot be spread here as objects of type "CatOrDog" can never be of type "Human"."#,
                    #"1:46 Fragment cannot be spread here as objects of type "Human" can never be of type "Pet"."#,
                    #"1:66 Fragment "F" cannot be spread here as objects of type "Human" can never be of type "CatOrDog"."#,
                ]
            ),
            (
                "{ cat { ... on Canine { name } } } fragment F on Mammal { ... on Cat { name } }",
                [
                    #"1:9 Fragment cannot be spread here as objects of type "Cat" can never be of type "Canine"."#,
                    #"1:59 Fragment cannot be spread here as objects of type "Mammal" can never be of type "Cat"."#,
                ]
            ),
        ] as [(String, [String])])
    func `fragments that can never apply are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
