import Foundation
import TestSupport
import Testing

@testable import AccordDevelopment

/// `accord graphql conform`, as those run it who hold the engine to account.
@Suite(.timeLimit(.minutes(8)))
struct ConformCommandTests {
    @Test func `each line is answered, whatever the lines before it were`() async throws {
        try await withPrivateFolder { folder async throws in
            let cases = """
                {"id":"1","kind":"parse","document":"{ a"}
                no JSON

                {"id":"2","kind":"dance"}
                {"id":"3","kind":"execute","schema":"type Query { a: Int }","document":"{ a }","rootValue":{"a":1}}

                """
            #expect(
                try await conform(cases, in: folder) == """
                    {"id":"1","result":{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.",\
                    "locations":[{"line":1,"column":4}]}]}}
                    {"errors":[{"message":"This line is no case: Expected a value"}]}
                    {"id":"2","result":{"unsupported":"dance"}}
                    {"id":"3","result":{"data":{"a":1}}}

                    """)
        }
    }

    @Test func `a driver may wait for an answer before it asks on`() async throws {
        try await withPrivateFolder { folder async throws in
            let driver = """
                mkfifo in out; '\(AccordCommand.path)' graphql conform < in > out & exec 3> in 4< out
                for id in 1 2; do
                    echo "{\\"id\\":$id,\\"kind\\":\\"dance\\"}" >&3
                    timeout 60 head -n 1 <&4 || exit
                done
                """
            let run = try await AccordCommand(program: "/bin/sh", folder: folder).run("-c", driver)
            #expect(
                run.output == """
                    {"id":1,"result":{"unsupported":"dance"}}
                    {"id":2,"result":{"unsupported":"dance"}}

                    """)
        }
    }

    @Test func `the engine's own words are to be had`() async throws {
        try await withPrivateFolder { folder async throws in
            let cases = #"{"id":"1","kind":"parse","document":"\n}"}"#
            #expect(
                try await conform(cases, in: folder) == """
                    {"id":"1","result":{"errors":[{"message":"Syntax Error: Unexpected '}'.",\
                    "locations":[{"line":1,"column":1}]}]}}

                    """)
            #expect(
                try await conform(cases, in: folder, "--own") == """
                    {"id":"1","result":{"errors":[{"message":"Syntax Error: Unexpected \\"}\\".",\
                    "locations":[{"line":2,"column":1}]}]}}

                    """)
        }
    }

    /// A folder of cases with a `grade.py`, where there is one; see docs/conformance.md.
    static let cases =
        ProcessInfo.processInfo.environment["ACCORD_TEST_CONFORMANCE"]
        ?? URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../shared/conformance")
        .standardized.path

    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: cases + "/grade.py"),
            "There are no conformance cases here: ACCORD_TEST_CONFORMANCE names a folder of them."))
    func `the public cases are answered as the oracle answers them`() async throws {
        try await withPrivateFolder { folder async throws in
            let files = try FileManager.default.contentsOfDirectory(atPath: Self.cases)
                .filter { $0.hasSuffix(".jsonl") }.map { "\(Self.cases)/\($0)" }.sorted()
            let cases = try files.map { try String(contentsOfFile: $0, encoding: .utf8) }.joined()
            let results = "\(folder)/results"
            try Data(try await conform(cases, in: folder).utf8).write(to: URL(filePath: results))
            let grade = try await AccordCommand(program: "/usr/bin/env", folder: folder).run(
                ["python3", "\(Self.cases)/grade.py"] + files + ["--results", results, "--min", "0.999"])
            #expect(grade.status == 0, "\(grade.output)")
        }
    }

    private func conform(_ cases: String, in folder: String, _ flags: String...) async throws -> String {
        let input = "\(folder)/\(UUID().uuidString).jsonl"
        try Data(cases.utf8).write(to: URL(filePath: input))
        let command = (["graphql", "conform"] + flags).joined(separator: " ")
        let conform = try await AccordCommand(program: "/bin/sh", folder: folder).run(
            ["-c", "'\(AccordCommand.path)' \(command) < '\(input)'"])
        #expect(conform.status == 0)
        return conform.output
    }
}
