import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// `accord graphql` and its commands, as people run them on files.
@Suite(.timeLimit(.minutes(4)))
struct GraphQLCommandTests {
    static let files = [
        "schema.graphql": "type Query { a(b: Int): A }\ntype A { id: ID! name: String }\n",
        "next.graphql": "type Query { a(b: Int): A }\ntype A { id: ID! }\n",
        "bad-schema.graphql": "type Query { a: Missing }\n",
        "good.graphql": "query Good { a { name } }\n",
        "wrong.graphql": "query Wrong {\n  a { nmae }\n}\n",
        "spread.graphql": "query Spread { ...F }\n",
        "fragment.graphql": "fragment F on Query { a { id } }\n",
        "broken.graphql": "query {",
        "empty.graphql": "",
        "deep.graphql": String(repeating: "{a", count: 100_000),
        "deep.json": "{\"a\":" + String(repeating: "[", count: 100_000),
    ]

    /// Lends the command in a folder that has the files, with a function that runs it.
    private func withFiles(
        _ body: ((String...) async throws -> (status: Int32, output: String)) async throws -> Void
    ) async throws {
        try await withPrivateFolder { folder async throws in
            for (name, text) in Self.files {
                try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(name)"))
            }
            let command = AccordCommand(folder: folder)
            try await body { (arguments: String...) async throws in
                // Through a shell, so that the tests can redirect.
                let line = (["'\(command.program)'", "graphql"] + arguments).joined(separator: " ")
                return try await AccordCommand(program: "/bin/sh", folder: folder).run("-c", line)
            }
        }
    }

    @Test func `every command explains itself`() async throws {
        try await withFiles { run async throws in
            let help = try await run("--help")
            #expect(help.status == 0)
            for name in ["validate", "print", "introspect", "diff", "lint", "conform"] {
                #expect(help.output.contains("\n  \(name) "))
                #expect(try await run(name, "--help").status == 0)
            }
        }
    }

    @Test func `documents are checked, those that can be read`() async throws {
        try await withFiles { run async throws in
            #expect(try await run("validate --schema schema.graphql good.graphql") == (0, ""))
            #expect(try await run("validate --schema schema.graphql - < good.graphql") == (0, ""))
            let mixed = try await run(
                "validate --schema schema.graphql wrong.graphql missing.graphql . broken.graphql empty.graphql",
                "deep.graphql good.graphql")
            #expect(mixed.status == 1)
            #expect(
                mixed.output == """
                    missing.graphql: The file can't be read: No such file or directory.
                    .: The file can't be read: Is a directory.
                    wrong.graphql:2:7: Cannot query field "nmae" on type "A". Did you mean "name"?
                    broken.graphql:1:8: Syntax Error: Expected Name, found <EOF>.
                    empty.graphql:1:1: Syntax Error: Unexpected <EOF>.
                    deep.graphql:1:401: Syntax Error: Document is nested more than 200 levels deep.

                    """)
        }
    }

    @Test func `documents are found across files only together`() async throws {
        try await withFiles { run async throws in
            #expect(
                try await run("validate --schema schema.graphql spread.graphql fragment.graphql") == (
                    1,
                    """
                    spread.graphql:1:19: Unknown fragment "F".
                    fragment.graphql:1:1: Fragment "F" is never used.

                    """
                ))
            #expect(
                try await run("validate --together --schema schema.graphql spread.graphql fragment.graphql") == (0, ""))
        }
    }

    @Test func `problems are printed for programs`() async throws {
        try await withFiles { run async throws in
            #expect(
                try await run("validate --json --schema schema.graphql wrong.graphql") == (
                    1,
                    """
                    {
                      "valid": false,
                      "errors": [
                        {
                          "message": "Cannot query field \\"nmae\\" on type \\"A\\". Did you mean \\"name\\"?",
                          "file": "wrong.graphql",
                          "locations": [
                            {
                              "file": "wrong.graphql",
                              "line": 2,
                              "column": 7
                            }
                          ]
                        }
                      ]
                    }

                    """
                ))
            #expect(
                try await run("validate --json --schema schema.graphql good.graphql")
                    == (0, "{\n  \"valid\": true,\n  \"errors\": []\n}\n"))
            #expect(
                try await run("validate --json --schema bad-schema.graphql good.graphql 2>&-") == (
                    1,
                    """
                    {
                      "valid": false,
                      "errors": [
                        {
                          "message": "Unknown type \\"Missing\\".",
                          "file": "bad-schema.graphql",
                          "locations": [
                            {
                              "file": "bad-schema.graphql",
                              "line": 1,
                              "column": 17
                            }
                          ]
                        }
                      ]
                    }

                    """
                ))
        }
    }

    @Test(arguments: [
        "validate --schema bad-schema.graphql good.graphql", "print --schema bad-schema.graphql",
        "introspect bad-schema.graphql", "diff bad-schema.graphql schema.graphql",
        "diff schema.graphql bad-schema.graphql", "lint bad-schema.graphql",
    ])
    func `a schema that is wrong is refused with the place`(arguments: String) async throws {
        try await withFiles { run async throws in
            #expect(try await run(arguments) == (1, "bad-schema.graphql:1:17: Unknown type \"Missing\".\n"))
        }
    }

    @Test(arguments: [
        ("lint missing.graphql", "missing.graphql: The file can't be read: No such file or directory.\n"),
        ("lint deep.graphql", "deep.graphql:1:401: Syntax Error: Document is nested more than 200 levels deep.\n"),
        ("lint deep.json", "deep.json: Invalid JSON: Nested more than 128 levels deep at byte 132.\n"),
        (
            "lint good.graphql",
            "good.graphql:1:1: A schema has no operations and fragments: this is a document to be executed.\n"
        ),
        ("print good.graphql broken.graphql", "broken.graphql:1:8: Syntax Error: Expected Name, found <EOF>.\n"),
        ("introspect empty.graphql", "empty.graphql:1:1: Syntax Error: Unexpected <EOF>.\n"),
    ])
    func `a file that is wrong ends the command with a line`(arguments: String, output: String) async throws {
        try await withFiles { run async throws in
            #expect(try await run(arguments) == (1, output))
        }
    }

    @Test(arguments: [
        "validate good.graphql", "validate --schema schema.graphql", "print", "introspect",
        "introspect --query schema.graphql", "diff schema.graphql", "lint", "lint --disable nonsense schema.graphql",
        "dance",
    ])
    func `a command used wrongly says how to use it`(arguments: String) async throws {
        try await withFiles { run async throws in
            let outcome = try await run(arguments)
            #expect(outcome.status == 64)
            #expect(outcome.output.contains("Usage: accord graphql"))
        }
    }

    @Test func `documents and schemas are printed in canonical form`() async throws {
        try await withFiles { run async throws in
            #expect(
                try await run("print spread.graphql fragment.graphql") == (
                    0,
                    """
                    query Spread {
                      ...F
                    }

                    fragment F on Query {
                      a {
                        id
                      }
                    }

                    """
                ))
            #expect(
                try await run("print --schema schema.graphql") == (
                    0,
                    """
                    type Query {
                      a(b: Int): A
                    }

                    type A {
                      id: ID!
                      name: String
                    }

                    """
                ))
        }
    }

    @Test func `a schema becomes an introspection result and a schema again`() async throws {
        try await withFiles { run async throws in
            #expect(try await run("introspect schema.graphql > result.json") == (0, ""))
            #expect(try await run("introspect result.json > again.graphql") == (0, ""))
            let canonical = try await run("print --schema schema.graphql")
            #expect(try await run("print --schema again.graphql") == canonical)
            #expect(try await run("introspect - < again.graphql | cmp - result.json") == (0, ""))
            #expect(try await run("validate --schema result.json good.graphql") == (0, ""))
            // The query is one that the schema answers.
            #expect(try await run("introspect --query > query.graphql") == (0, ""))
            #expect(try await run("validate --schema schema.graphql query.graphql") == (0, ""))
        }
    }

    @Test func `changes are named, and the operations that they break`() async throws {
        try await withFiles { run async throws in
            #expect(try await run("diff schema.graphql schema.graphql") == (0, ""))
            #expect(
                try await run("diff next.graphql schema.graphql") == (0, "safe: A.name was added. (FIELD_ADDED)\n"))
            #expect(
                try await run(
                    "diff schema.graphql next.graphql --documents good.graphql spread.graphql fragment.graphql") == (
                        1,
                        """
                        breaking: A.name was removed. (FIELD_REMOVED)
                        good.graphql:1:1: query Good is no longer valid.
                          good.graphql:1:18: Cannot query field "name" on type "A".
                          because A.name was removed. (FIELD_REMOVED)

                        """
                    ))
            #expect(
                try await run("diff schema.graphql next.graphql --json") == (
                    1,
                    """
                    {
                      "changes": [
                        {
                          "severity": "breaking",
                          "kind": "FIELD_REMOVED",
                          "coordinate": "A.name",
                          "message": "A.name was removed."
                        }
                      ],
                      "operations": []
                    }

                    """
                ))
        }
    }

    @Test func `a schema is held to habits, and rules are switched off`() async throws {
        try await withFiles { run async throws in
            #expect(
                try await run("lint --disable field-description,argument-description schema.graphql") == (
                    1, "schema.graphql:2:6: A: There is no description. (type-description)\n"
                ))
            #expect(
                try await run(
                    "lint --disable field-description --disable argument-description --disable type-description",
                    "schema.graphql") == (0, ""))
            #expect(try await run("lint --only id-type schema.graphql") == (0, ""))
            #expect(try await run("lint --json --only id-type schema.graphql") == (0, "{\n  \"findings\": []\n}\n"))
            let rules = try await run("lint --rules")
            #expect(rules.status == 0)
            #expect(rules.output.split(separator: "\n").count == 14)
        }
    }
}
