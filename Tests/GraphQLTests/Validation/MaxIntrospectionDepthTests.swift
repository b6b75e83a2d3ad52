import Testing

@testable import GraphQL

@Suite struct MaxIntrospectionDepthTests {
    private let rule = ValidationRule.maxIntrospectionDepth

    @Test(arguments: [
        "{ __schema { types { fields { type { fields { name } } } } } }",
        #"{ __type(name: "Dog") { ...F fields { type { ...F } } } } fragment F on __Type { fields { name } }"#,
    ])
    func `introspection of ordinary depth`(_ document: String) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == [])
    }

    @Test(
        arguments: [
            (
                "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
                [
                    "1:3 Maximum introspection depth exceeded"
                ]
            ),
            (
                #"{ a: __type(name: "Dog") { ...F } b: __type(name: "Dog") { interfaces { possibleTypes { inputFields { name } } } } } fragment F on __Type { fields { type { ...G } } } fragment G on __Type { ... on __Type { fields { type { possibleTypes { name } } } } }"#,
                [
                    "1:3 Maximum introspection depth exceeded",
                    "1:35 Maximum introspection depth exceeded",
                ]
            ),
        ] as [(String, [String])])
    func `introspection that multiplies is refused`(_ document: String, _ errors: [String]) throws {
        #expect(try ValidationSchema.errors(of: rule, in: document) == errors)
    }
}
