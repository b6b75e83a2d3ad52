import Foundation
import Testing

@testable import AccordDevelopment

/// The playground in a real browser, beside an `accord dev`.
///
/// `Tests/Playground/playground.py` drives Chromium and says what it found; this starts both.
@Suite(.serialized, .enabled(if: Browser.isInstalled, Browser.missing), .timeLimit(.minutes(15)))
struct PlaygroundTests {
    @Test func `what front-end developers do in the playground works in Chromium`() async throws {
        try await withPrivateFolder { folder async throws in
            let server = try await DevServer.start(AccordCommand(folder: folder), data: "data")
            let outcome: Result<(status: Int32, output: String), any Error>
            do {
                outcome = .success(try await Browser.check(server.readyFile, in: folder))
            } catch {
                outcome = .failure(error)
            }
            _ = await server.stop()
            let (status, output) = try outcome.get()
            #expect(status == 0, "\(output)")
        }
    }
}

/// Chromium, and the Python that drives it.
private enum Browser {
    /// The reason to give where the test is switched off.
    static let missing: Comment =
        "Chromium or playwright is not here: `make test` installs them; ACCORD_TEST_CHROMIUM may name a Chromium"

    static var isInstalled: Bool { chromium != nil && python != nil }

    private static let project = URL(filePath: #filePath).appending(path: "../../..").standardized

    private static let chromium: String? = {
        let environment = ProcessInfo.processInfo.environment
        if let named = environment["ACCORD_TEST_CHROMIUM"] { return named }
        return (environment["PATH"] ?? "").split(separator: ":").map { "\($0)/chromium" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }()

    private static let python: String? = {
        let libraries = project.appending(path: ".accord/venv/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
        let hasDriver = versions.contains { version in
            ["playwright", "axe_playwright_python"].allSatisfy { package in
                FileManager.default.fileExists(
                    atPath: libraries.appending(path: "\(version)/site-packages/\(package)").path)
            }
        }
        return hasDriver ? project.appending(path: ".accord/venv/bin/python3").path : nil
    }()

    /// Runs every check against the server of a ready file.
    ///
    /// - Returns: The exit status, 0 when all passed, and what was printed about each.
    static func check(_ readyFile: String, in folder: String) async throws -> (status: Int32, output: String) {
        let log = "\(folder)/playground.log"
        let script = project.appending(path: "Tests/Playground/playground.py").path
        let command = ChildProcess.Command(
            words: [python ?? "python3", "-B", script, readyFile],
            environment: ["ACCORD_TEST_CHROMIUM": chromium ?? "", "HOME": folder],
            directory: folder)
        let process = try await ChildProcess.start(command, log: log)
        let impatience = Task {
            try await Task.sleep(for: .seconds(600))
            process.send(SIGTERM)
        }
        defer { impatience.cancel() }
        return (await process.waitForEnd(), try String(contentsOfFile: log, encoding: .utf8))
    }
}
