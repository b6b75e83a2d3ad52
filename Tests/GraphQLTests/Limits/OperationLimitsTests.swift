import Testing

@testable import GraphQL

/// Each limit one below what a document has, at it, one above it, and off.
@Suite struct OperationLimitsTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let limit: any WritableKeyPath<Limits, Int?> & Sendable
        let document: String
        /// What the document has.
        let count: Int
        /// What the error says is found.
        let found: String
        var operationName: String?
        var column = 1

        var testDescription: String { "\(count): \(document.prefix(120))" }
    }

    private static let cases = [
        Case(
            limit: \.selectionDepth, document: "{ items { id owner { name } } }", count: 3,
            found: "The operation is nested 3 levels deep, fragments included"),
        Case(
            limit: \.selectionDepth,
            document:
                "{ items { ... { ...A } } } fragment A on Item { owner { ...B } id } fragment B on Owner { items { id } }",
            count: 4, found: "The operation is nested 4 levels deep, fragments included"),
        Case(
            limit: \.selectionDepth, document: "{ __typename ... { ... { ...A } } } fragment A on Query { __typename }",
            count: 1, found: "The operation is nested 1 levels deep, fragments included"),
        Case(
            limit: \.fields, document: "{ items { id owner { name } } }", count: 4,
            found: "The operation selects 4 fields, fragments included"),
        Case(
            limit: \.fields,
            document:
                "query A { items { id } } query B { items { ...F ...F ... { ...F } } } fragment F on Item { id name }",
            count: 7, found: "The operation selects 7 fields, fragments included", operationName: "B", column: 26),
        Case(
            limit: \.aliases, document: "{ a: items { b: id c: id name } items { id: id } }", count: 3,
            found: "The operation uses 3 aliases, fragments included"),
        Case(
            limit: \.aliases,
            document: "{ items { ...F owner { items { ...F } } } } fragment F on Item { a: id b: name c: id }",
            count: 6, found: "The operation uses 6 aliases, fragments included"),
        Case(
            limit: \.rootFields, document: "{ items { id } a: items { id } numbers __typename }", count: 4,
            found: "The operation selects 4 root fields, fragments included"),
        Case(
            limit: \.rootFields,
            document: """
                { items { id } ...F ...F ... { ...G } } \
                fragment F on Query { numbers items { name } ...G } fragment G on Query { a: numbers ... { b: numbers } }
                """,
            count: 4, found: "The operation selects 4 root fields, fragments included"),
    ]

    @Test(arguments: cases) func `an operation is held to its limits`(_ test: Case) throws {
        for limit in [test.count + 1, test.count, nil] {
            #expect(try errors(test, limit) == [])
        }
        let error = GraphQLError(
            "\(test.found); the limit is \(test.count - 1).",
            locations: [GraphQL.SourceLocation(line: 1, column: test.column)])
        #expect(try errors(test, test.count - 1) == [error])
    }

    private func errors(_ test: Case, _ limit: Int?) throws -> [GraphQLError] {
        var limits = Limits.off
        limits[keyPath: test.limit] = limit
        return try TestService(limits: limits).errors(in: test.document, operationName: test.operationName)
    }

    @Test func `everything that is too large about an operation is reported`() throws {
        var limits = Limits()
        limits.selectionDepth = 1
        limits.fields = 2
        limits.aliases = 0
        limits.rootFields = 1
        let errors = try TestService(limits: limits).errors(in: "\n  { a: items { id } numbers }")
        #expect(
            errors.map(\.message) == [
                "The operation is nested 2 levels deep, fragments included; the limit is 1.",
                "The operation selects 3 fields, fragments included; the limit is 2.",
                "The operation uses 1 aliases, fragments included; the limit is 0.",
                "The operation selects 2 root fields, fragments included; the limit is 1.",
            ])
        #expect(errors.allSatisfy { $0.locations == [GraphQL.SourceLocation(line: 2, column: 3)] })
    }

    /// Three lines that stand for more fields than there are atoms.
    @Test(.timeLimit(.minutes(1)), arguments: [5, 40, 5_000])
    func `a fragment bomb costs no more than its text`(_ levels: Int) throws {
        let bomb = (0..<levels).map { "fragment F\($0) on Item { ...F\($0 + 1) a: id ...F\($0 + 1) }" }
        let document = "{ items { ...F0 } } \(bomb.joined()) fragment F\(levels) on Item { id }"
        let many = "1000000000 or more"
        let errors = try TestService().errors(in: document)
        if levels == 5 {
            // 2^5 times `id`, and an alias for each inner node of that tree.
            #expect(errors == [])
        } else {
            #expect(
                errors.map(\.message) == [
                    "The operation selects \(many) fields, fragments included; the limit is 20000.",
                    "The operation uses \(many) aliases, fragments included; the limit is 1000.",
                ])
        }
    }

    @Test func `depth stays bounded when its limit is off`() throws {
        let service = try TestService(limits: .off)
        func document(_ levels: Int) -> String {
            let links = (0..<levels - 3).map { "fragment a\($0) on __Type { ofType { ...a\($0 + 1) } }" }
            return "{ __schema { queryType { ...a0 } } } " + links.joined(separator: " ")
                + " fragment a\(levels - 3) on __Type { name }"
        }
        #expect(try service.errors(in: document(500)) == [])
        #expect(
            try service.errors(in: document(501)).map(\.message) == [
                "The operation is nested 501 levels deep, fragments included; the limit is 500."
            ])
    }

    /// Planning, executing and coercing recurse: as deep as the limits go, they must fit the stack.
    @Test func `what is nested as deep as possible is executed`() async throws {
        let service = try TestService(limits: .off)
        let levels = 249
        let document =
            "{ items " + String(repeating: "{ owner { items ", count: levels) + "{ id }"
            + String(repeating: " } }", count: levels) + " }"
        let response = try await service.respond(to: document)
        #expect(response.hasPrefix(#"{"data":{"items":[{"owner":{"items":[{"owner":{"items":["#))
    }
}

extension TestService {
    /// Why a document is not executed.
    func errors(in document: String, operationName: String? = nil) throws -> [GraphQLError] {
        switch schema.prepare(document, operationName: operationName) {
        case .success: []
        case .failure(let errors): errors.errors
        }
    }
}
