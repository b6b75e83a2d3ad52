import Testing

@testable import GraphQL

@Suite struct VariablesAreInputTypesTests {
    private let rule = ValidationRule.variablesAreInputTypes

    @Test(arguments: [
        "query Q($a: String, $b: [Boolean!]!, $c: ComplexInput, $d: FurColor, $e: Unknown) { __typename }"
    ])
    func `variables of input types, and of unknown ones`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "query Q($a: Dog, $b: [[CatOrDog!]]!, $c: Pet = 1) { __typename }",
                [
                    #"1:13 Variable "$a" cannot be non-input type "Dog"."#,
                    #"1:22 Variable "$b" cannot be non-input type "[[CatOrDog!]]!"."#,
                    #"1:42 Variable "$c" cannot be non-input type "Pet"."#,
                ]
            )
        ] as [(String, [String])])
    func `variables of output types are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
