import Testing

@testable import GraphQL

@Suite struct UniqueInputFieldNamesTests {
    private let rule = ValidationRule.uniqueInputFieldNames

    @Test(arguments: [
        "{ args { complex(value: {intField: 1, nested: {intField: 1}}) anything(value: [{a: 1}, {a: 1}]) } }"
    ])
    func `input fields once in each object`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                #"{ args { complex(value: {intField: 1, stringField: "", intField: 2, intField: 3, nested: {intField: 1, intField: 2}}) anything(value: [{a: 1, a: {b: 1, b: 1}}]) int(value: {a: 1, a: 2}) unknown(a: {a: 1, a: 2}) } }"#,
                [
                    #"1:26 1:56 There can be only one input field named "intField"."#,
                    #"1:26 1:69 There can be only one input field named "intField"."#,
                    #"1:91 1:104 There can be only one input field named "intField"."#,
                    #"1:137 1:143 There can be only one input field named "a"."#,
                    #"1:147 1:153 There can be only one input field named "b"."#,
                    #"1:174 1:180 There can be only one input field named "a"."#,
                    #"1:199 1:205 There can be only one input field named "a"."#,
                ]
            ),
            (
                "query ($a: ComplexInput = {intField: 1, intField: 1}) { dog @unknown(a: {b: 1, b: 1}) { name } }",
                [
                    #"1:28 1:41 There can be only one input field named "intField"."#,
                    #"1:74 1:80 There can be only one input field named "b"."#,
                ]
            ),
        ] as [(String, [String])])
    func `repeated input fields are refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
