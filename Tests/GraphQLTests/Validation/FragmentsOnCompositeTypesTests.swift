import Testing

@testable import GraphQL

@Suite struct FragmentsOnCompositeTypesTests {
    private let rule = ValidationRule.fragmentsOnCompositeTypes

    @Test(arguments: [
        "fragment F on Dog { barks }",
        "fragment F on Pet { name }",
        "fragment F on CatOrDog { __typename }",
        "fragment F on Pet { ... on Dog { barks } ... { name } }",
        "fragment F on Unknown { a }",
    ])
    func `fragments on objects, interfaces and unions`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "fragment F on Boolean { bad }",
                [
                    #"1:15 Fragment "F" cannot condition on non composite type "Boolean"."#
                ]
            ),
            (
                "fragment F on FurColor { bad }",
                [
                    #"1:15 Fragment "F" cannot condition on non composite type "FurColor"."#
                ]
            ),
            (
                "fragment F on ComplexInput { stringField }",
                [
                    #"1:15 Fragment "F" cannot condition on non composite type "ComplexInput"."#
                ]
            ),
            (
                "fragment F on Pet { ... on String { bad } ... on Anything { bad } }",
                [
                    #"1:28 Fragment cannot condition on non composite type "String"."#,
                    #"1:50 Fragment cannot condition on non composite type "Anything"."#,
                ]
            ),
        ] as [(String, [String])])
    func `fragments on other types are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
