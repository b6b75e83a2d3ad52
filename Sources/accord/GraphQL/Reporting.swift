import ArgumentParser
import Foundation
import GraphQLTools

/// Runs a command that may find its input wrong: prints every problem on standard error and ends with status 1.
func reportingProblems<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
    do { return try body() } catch { throw reported(error) }
}

/// The same, for what has to be waited for.
func reportingProblems<Outcome>(_ body: () async throws -> Outcome) async throws -> Outcome {
    do { return try await body() } catch { throw reported(error) }
}

/// What the command ends with after an error, which is printed if it is about the input.
private func reported(_ error: any Error) -> any Error {
    switch error {
    case let problems as Problems: for problem in problems.list { complain(problem.description) }
    case let problem as Problem: complain(problem.description)
    default: return error
    }
    return ExitCode.failure
}

/// Writes a line to standard error.
func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}
