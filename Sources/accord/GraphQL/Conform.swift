import ArgumentParser
import Foundation
import GraphQLTools

struct Conform: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answers conformance cases: one JSON object a line in, one a line out.",
        discussion: """
            The kinds are parse, print, validate, validate_sdl, validate_schema, print_schema, introspect and execute; \
            docs/conformance.md describes the cases and what the engine makes of them. The answers have the words and \
            places of graphql-core 3.2, which such cases are made with, unless --own asks for the engine's.

            accord graphql conform < cases.jsonl > results.out
            """
    )

    @Flag(help: "Answers in the engine's own words, places and introspection types.")
    var own = false

    @concurrent func run() async throws {
        let conformance = Conformance(own ? .engine : .oracle)
        while let line = readLine() {
            guard !line.allSatisfy(\.isWhitespace) else { continue }
            let answer = await conformance.answer(line: Array(line.utf8)) + [UInt8(ascii: "\n")]
            // Each by itself: who asks may wait for an answer before asking on.
            try FileHandle.standardOutput.write(contentsOf: answer)
        }
    }
}
