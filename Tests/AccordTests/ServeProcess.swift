import Foundation
import TestSupport

@testable import AccordDevelopment

/// An `accord serve` that runs, over the databases and the storage of a server under test.
struct ServeProcess: Sendable {
    let process: ChildProcess
    /// Where it answers, without a path.
    let url: String
    let log: String

    /// Starts one with a server's settings, and others in their place or besides, and waits until it answers. Its log is
    /// written to `folder`.
    static func start(
        like server: TestServer, settings: [String: String] = [:], program: String = AccordCommand.path,
        in folder: String
    ) async throws -> ServeProcess {
        let log = "\(folder)/\(UUID().uuidString).log"
        let command = AccordCommand(
            program: program, environment: server.settings.merging(settings) { $1 }, folder: folder)
        let process = try await command.start(["serve"], log: log)
        return ServeProcess(process: process, url: try await addressLogged(in: log) { process.hasEnded }, log: log)
    }

    var port: Int { Int(url.split(separator: ":").last ?? "") ?? 0 }

    /// Where it answers operators, which it has logged by the time it answers others, or soon after.
    func operationsURL() async throws -> String {
        while true {
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
            let line = lines.first { $0.contains("Operations are answered") }
            if let match = line?.firstMatch(of: #/http:\/\/[0-9.:]+/#) { return String(match.0) }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The lines of a log in JSON.
    func lines() throws -> [LogLine] {
        try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(LogLine.self, from: Data($0.utf8))
        }
    }

    /// Asks it to stop and waits for its end, for up to four minutes.
    ///
    /// - Returns: the exit status.
    func stop(by signal: Int32 = SIGTERM) async -> Int32 {
        process.send(signal)
        let impatience = Task { [process] in
            try await Task.sleep(for: .seconds(240))
            process.send(SIGKILL)
        }
        defer { impatience.cancel() }
        return await process.waitForEnd()
    }
}

/// A line of a log in JSON: texts and numbers by their keys.
struct LogLine: Decodable, Sendable {
    let texts: [String: String]
    let numbers: [String: Double]

    subscript(key: String) -> String? { texts[key] }

    init(from decoder: any Decoder) throws {
        let values = try decoder.singleValueContainer().decode([String: Value].self)
        texts = values.compactMapValues { if case .text(let text) = $0 { text } else { nil } }
        numbers = values.compactMapValues { if case .number(let number) = $0 { number } else { nil } }
    }

    private enum Value: Decodable {
        case text(String)
        case number(Double)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Double.self) {
                self = .number(number)
            } else {
                self = .text(try container.decode(String.self))
            }
        }
    }
}
