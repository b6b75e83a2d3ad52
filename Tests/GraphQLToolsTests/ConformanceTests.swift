import GraphQL
import Testing

@testable import GraphQLTools

@Suite struct ConformanceTests {
    @Test func `a kind that is not known is said to be unsupported`() async {
        let input = Value.object([ObjectField("id", .string("1")), ObjectField("kind", .string("dance"))])
        #expect(await Conformance().answer(input)["result"] == .object([ObjectField("unsupported", .string("dance"))]))
    }
}
