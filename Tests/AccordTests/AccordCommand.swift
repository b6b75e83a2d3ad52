import Foundation
import TestSupport

@testable import AccordDevelopment

/// The built `accord`, run as a person runs it.
struct AccordCommand: Sendable {
    /// The program, beside the one that runs the tests.
    static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appending(path: "accord").path

    var program = Self.path
    var environment: [String: String] = [:]
    /// The working directory.
    let folder: String

    /// Runs a command to its end, within four minutes.
    ///
    /// - Returns: The exit status and what was written, standard output and standard error together.
    func run(_ arguments: String...) async throws -> (status: Int32, output: String) {
        try await run(arguments)
    }

    /// Runs a command to its end, within four minutes.
    func run(_ arguments: [String]) async throws -> (status: Int32, output: String) {
        let log = "\(folder)/\(UUID().uuidString).log"
        let process = try await start(arguments, log: log)
        let impatience = Task {
            try await Task.sleep(for: .seconds(240))
            process.send(SIGKILL)
        }
        defer { impatience.cancel() }
        return (await process.waitForEnd(), try String(contentsOfFile: log, encoding: .utf8))
    }

    /// Starts a command whose output goes to a file.
    func start(_ arguments: [String], log: String) async throws -> ChildProcess {
        // What a failed test has left running ends with the tests.
        let words = ["setpriv", "--pdeathsig", "KILL", program] + arguments
        return try await ChildProcess.start(
            ChildProcess.Command(words: words, environment: environment, directory: folder), log: log)
    }
}

/// An `accord dev` that runs.
struct DevServer: Sendable {
    let process: ChildProcess
    let ready: ReadyFile
    let readyFile: String
    private let log: String

    struct DidNotStart: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts one on a free port and waits, for up to two minutes, until its ready file is there.
    static func start(_ command: AccordCommand, data: String, _ arguments: String...) async throws -> DevServer {
        let readyFile = "\(command.folder)/ready.json"
        let log = "\(command.folder)/\(UUID().uuidString).log"
        // What an earlier start has left must not be taken for this one's.
        try? FileManager.default.removeItem(atPath: readyFile)
        let process = try await command.start(
            ["dev", "--port", "0", "--data", data, "--ready-file", readyFile] + arguments, log: log)
        let deadline = ContinuousClock.now + .seconds(120)
        while !FileManager.default.fileExists(atPath: readyFile) {
            guard !process.hasEnded, ContinuousClock.now < deadline else {
                process.send(SIGKILL)
                throw DidNotStart(description: (try? String(contentsOfFile: log, encoding: .utf8)) ?? "")
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        do {
            let ready = try JSONDecoder().decode(ReadyFile.self, from: Data(contentsOf: URL(filePath: readyFile)))
            return DevServer(process: process, ready: ready, readyFile: readyFile, log: log)
        } catch {
            process.send(SIGKILL)
            throw error
        }
    }

    /// What it has written so far.
    var output: String {
        get throws { try String(contentsOfFile: log, encoding: .utf8) }
    }

    /// The member of the first tenant.
    var member: ReadyFile.User? {
        ready.tenants.first?.users.first { $0.role == "member" }
    }

    /// Asks it to stop, as `kill` or Ctrl-C do, and waits for its end.
    ///
    /// - Returns: The exit status and how long it took.
    func stop(by signal: Int32 = SIGTERM) async -> (status: Int32, time: Duration) {
        let start = ContinuousClock.now
        process.send(signal)
        let impatience = Task { [process] in
            try await Task.sleep(for: .seconds(240))
            process.send(SIGKILL)
        }
        defer { impatience.cancel() }
        return (await process.waitForEnd(), ContinuousClock.now - start)
    }
}

/// The address that an `accord serve` logs, in either format, when it is ready; waits for it for up to a minute.
func addressLogged(in path: String, hasEnded: () -> Bool) async throws -> String {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
        let log = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        if let match = log.firstMatch(of: #/url"?[=:]"?(https?:\/\/[0-9.:]+)\/graphql/#) { return String(match.1) }
        guard !hasEnded(), ContinuousClock.now < deadline else { throw DevServer.DidNotStart(description: log) }
        try await Task.sleep(for: .milliseconds(50))
    }
}

/// Lends an empty folder that only its owner may enter, and removes it afterwards.
func withPrivateFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "accord-command-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}
