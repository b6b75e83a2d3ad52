import ArgumentParser
import Foundation
import GraphQLTools

/// Runs a command that may find its input wrong: prints every problem on standard error and ends with status 1.
func reportingProblems<Outcome>(_ body: () throws -> Outcome) throws -> Outcome {
    do {
        return try body()
    } catch let problems as Problems {
        for problem in problems.list { complain(problem.description) }
    } catch let problem as Problem {
        complain(problem.description)
    }
    throw ExitCode.failure
}

/// Writes a line to standard error.
func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}
