import Testing

@testable import GraphQL

@Suite struct KnownOperationTypesTests {
    @Test func `an operation needs a root type`() throws {
        let document = "query A { __typename } mutation { a { b } } subscription B { newDog { name } }"
        #expect(
            try ValidationSchema.errors(of: .knownOperationTypes, in: document) == [
                "1:24 The mutation operation is not supported by the schema."
            ])
    }
}
