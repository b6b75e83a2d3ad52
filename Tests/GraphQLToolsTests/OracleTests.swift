import Foundation
import GraphQL
import Testing

@testable import GraphQLTools

/// The engine beside graphql-core, over random schemas, data and documents: same data, same errors by path and place.
///
/// `Tests/Oracle/oracle.py` makes the cases and compares the answers. What is known to differ is told there. The seed is
/// another each time, and printed; `ACCORD_ORACLE_SEED` runs one again.
@Suite(.enabled(if: GraphQLCore.isInstalled, GraphQLCore.missing))
struct OracleTests {
    @Test(.timeLimit(.minutes(30)))
    func `random cases are answered as graphql-core answers them`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let environment = ProcessInfo.processInfo.environment
        let seed = environment["ACCORD_ORACLE_SEED"] ?? String(UInt32.random(in: 0 ... .max))
        let count = environment["ACCORD_ORACLE_CASES"] ?? "2500"
        print("Oracle: \(count) cases, ACCORD_ORACLE_SEED=\(seed)")
        let parts = 2
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<parts {
                group.addTask {
                    let cases = folder.appending(path: "cases-\(part)")
                    let answers = folder.appending(path: "answers-\(part)")
                    let made = try await GraphQLCore.run(
                        ["generate", "--seed", seed, "--count", count, "--part", "\(part)/\(parts)"], output: cases)
                    try #require(made.status == 0, "\(made.errors)")
                    try await GraphQLCore.answer(cases, into: answers)
                    let report = folder.appending(path: "report-\(part)")
                    let compared = try await GraphQLCore.run(["compare", cases.path, answers.path], output: report)
                    let text = try String(contentsOf: report, encoding: .utf8)
                    #expect(compared.status == 0, "ACCORD_ORACLE_SEED=\(seed)\n\(text)\(compared.errors)")
                }
            }
            try await group.waitForAll()
        }
    }
}

/// graphql-core, in a Python of its own.
private enum GraphQLCore {
    /// The reason to give where the test is switched off.
    static let missing: Comment =
        "graphql-core is not here: `make test` installs it, and ACCORD_TEST_PYTHON may name a Python that has it"

    static var isInstalled: Bool { python != nil }

    private static let project = URL(filePath: #filePath).appending(path: "../../..").standardized

    private static let python: URL? = {
        if let named = ProcessInfo.processInfo.environment["ACCORD_TEST_PYTHON"] { return URL(filePath: named) }
        let environment = project.appending(path: ".accord/venv")
        let libraries = environment.appending(path: "lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
        let hasGraphQL = versions.contains { version in
            FileManager.default.fileExists(atPath: libraries.appending(path: "\(version)/site-packages/graphql").path)
        }
        return hasGraphQL ? environment.appending(path: "bin/python3") : nil
    }()

    /// Runs the oracle to its end; what it writes goes to the file.
    ///
    /// - Returns: The exit status, and what it wrote to standard error.
    static func run(_ arguments: [String], output: URL) async throws -> (status: Int32, errors: String) {
        let errors = output.appendingPathExtension("errors")
        let process = Process()
        process.executableURL = python
        process.arguments = ["-B", project.appending(path: "Tests/Oracle/oracle.py").path] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try emptyFile(output)
        process.standardError = try emptyFile(errors)
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                process.terminationHandler = nil
                continuation.resume(throwing: error)
            }
        }
        return (status, try String(contentsOf: errors, encoding: .utf8))
    }

    /// Answers each case of a file, one on a line.
    static func answer(_ cases: URL, into answers: URL) async throws {
        let conformance = Conformance(.engine)
        var output = Data()
        for line in try Data(contentsOf: cases).split(separator: UInt8(ascii: "\n")) {
            output.append(contentsOf: await conformance.answer(line: line))
            output.append(UInt8(ascii: "\n"))
        }
        try output.write(to: answers)
    }

    private static func emptyFile(_ file: URL) throws -> FileHandle {
        try Data().write(to: file)
        return try FileHandle(forWritingTo: file)
    }
}
