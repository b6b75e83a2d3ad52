import Foundation
import GraphQL
import Testing

@testable import GraphQLTools

/// Cases of each kind, with the answers that the specification and graphql-js's words demand.
@Suite struct ConformanceTests {
    /// A case, with the answer in the engine's own form, `result`, and in graphql-core's where that differs, `oracle`.
    private static let cases: [String] = {
        let sample = URL(filePath: #filePath).appending(path: "../../Conformance/sample.jsonl").standardized
        let text = (try? String(contentsOf: sample, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map(String.init)
    }()

    @Test func `there are cases of every kind`() throws {
        let kinds = try Self.cases.map { try JSONParser.parse($0.utf8, maximumDepth: 64)["kind"] }
        let known = [
            "parse", "print", "validate", "validate_sdl", "validate_schema", "print_schema", "introspect", "execute",
            "dance",
        ]
        #expect(Set(kinds) == Set(known.map { .string($0) }))
    }

    @Test(arguments: cases)
    func `a line is answered in either dialect`(_ line: String) async throws {
        let input = try JSONParser.parse(line.utf8, maximumDepth: 64)
        func answer(_ dialect: Conformance.Dialect) async throws -> Value {
            try JSONParser.parse(await Conformance(dialect).answer(line: line.utf8), maximumDepth: 64)
        }
        func expected(_ result: Value?) throws -> Value {
            .object([ObjectField("id", try #require(input["id"])), ObjectField("result", try #require(result))])
        }
        #expect(try await answer(.engine) == expected(input["result"]))
        #expect(try await answer(.oracle) == expected(input["oracle"] ?? input["result"]))
    }

    @Test(arguments: [
        "scalar S", "type Mutation { a: Int }", "schema { mutation: M } type M { a: Int }",
    ])
    func `nothing is executed without a query root`(_ schema: String) async {
        for kind in ["execute", "introspect"] {
            let input = Value.object([
                ObjectField("kind", .string(kind)), ObjectField("schema", .string(schema)),
                ObjectField("document", .string("mutation { a }")),
            ])
            let message = Value.object([ObjectField("message", .string("Query root type must be provided."))])
            let result = await Conformance(.engine).answer(input)["result"]
            #expect(result?["errors"] == .list([message]))
        }
    }

    @Test func `what a server limits is not limited here`() async {
        let names = (0..<1_001).map { "f\($0)" }
        let wide = "{ " + names.map { "\($0): a" }.joined(separator: " ") + " }"
        let deep = String(repeating: "{ q ", count: 498) + "{ a }" + String(repeating: " }", count: 498)
        let marked = "{ a" + String(repeating: " @x", count: 30) + " }"
        let long = "#" + String(repeating: "x", count: 1 << 20) + "\n{ a }"
        for document in [wide, deep, marked, long, "{ l(first: 1000000) { a } }"] {
            for kind in ["parse", "print", "validate", "execute"] {
                let input = Value.object([
                    ObjectField("kind", .string(kind)), ObjectField("document", .string(document)),
                    ObjectField("schema", .string(Self.limitedSchema)), ObjectField("rules", .null),
                ])
                let result = await Conformance().answer(input)["result"]
                #expect(result?["errors"] == nil || result?["errors"] == .list([]), "\(kind) \(document.prefix(40))")
            }
        }
    }

    /// Which an introspection result may exceed, too; to write one takes seconds.
    @Test func `responses are as long as they like`() {
        #expect(Limits.tools.responseFields == nil && Limits.tools.responseBytes == nil)
    }

    private static let limitedSchema = """
        directive @x repeatable on FIELD
        directive @listSize(slicingArguments: [String!]) on FIELD_DEFINITION
        type Query { a: Int q: Query l(first: Int): [Query] @listSize(slicingArguments: ["first"]) }
        """

    @Test func `a line that is no JSON gets an error`() async {
        let answer = await Conformance().answer(line: "no JSON".utf8)
        let expected = #"{"errors":[{"message":"This line is no case: Expected a value"}]}"#
        #expect(String(decoding: answer, as: UTF8.self) == expected)
    }
}
