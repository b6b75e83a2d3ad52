import AccordDevelopment
import AccordServer
import ArgumentParser
import Foundation
import Logging

struct Dev: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Starts everything a first run needs: PostgreSQL, demo data, tokens, playground.",
        discussion: """
            Needs nothing but PostgreSQL's programs. Everything is kept in the data folder and found again at the next \
            start. Ctrl-C stops the server and its PostgreSQL; the data stays.

            With --storage s3 the AWS_… settings say which bucket (docs/configuration.md).
            """
    )

    enum StorageKind: String, ExpressibleByArgument, CaseIterable { case directory, s3 }

    @Option(help: ArgumentHelp("The port to listen on; 0 picks a free one.", valueName: "number"))
    var port = 8080

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The folder that everything is kept in.", valueName: "folder"))
    var data = ".accord"

    @Flag(help: "Deletes what earlier starts left in the data folder first.")
    var reset = false

    @Option(help: "Where files are kept: directory (in the data folder) or s3.")
    var storage = StorageKind.directory

    @Option(
        help: ArgumentHelp(
            "Writes addresses, tokens and connections to this file, as JSON, once requests are answered.",
            valueName: "file"))
    var readyFile: String?

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
        guard (0...65_535).contains(port) else { throw ValidationError("--port is a number from 0 to 65535.") }
    }

    func run() async throws {
        if let readyFile { try ReadyFile.prepare(readyFile) }
        let config = try await settings.reader(flags: flags)
        try await ListeningAddress.check(config)
        let logger = try LogConfiguration(config, defaultLevel: .warning).bootstrap()
        say("Starting PostgreSQL in \(data) …")
        let environment = try await DevelopmentEnvironment.start(in: data, reset: reset, logger: logger)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await serve(environment, logger))
        } catch {
            outcome = .failure(error)
        }
        say("Stopping PostgreSQL …")
        await environment.stop()
        if let readyFile { try ReadyFile.remove(readyFile) }
        try outcome.get()
    }

    /// What this command's flags say, as settings.
    private var flags: [String: String?] {
        ["ACCORD_HOST": host, "ACCORD_PORT": String(port), "ACCORD_STORAGE": storage.rawValue]
    }

    private func serve(_ environment: DevelopmentEnvironment, _ logger: Logger) async throws {
        let decided = flags.merging(environment.settings) { flag, _ in flag }
        var configuration = try await ServerConfiguration(settings.reader(flags: decided))
        if configuration.playgroundSettings != nil {
            configuration.playgroundSettings = try PlaygroundSettings(environment).json()
        }
        let server = try await AccordServer(configuration, logger: logger)
        try await environment.seed(into: server.storage)
        try await server.run(stopsOnSignals: true) { url in
            do {
                let ready = try await environment.readyFile(url: url)
                say(ready.welcome)
                if let readyFile { try ready.write(to: readyFile) }
            } catch {
                logger.error("The server runs, but could not say so", metadata: ["cause": "\(error)"])
            }
        }
    }
}

extension DevelopmentEnvironment {
    /// What the server is configured with. It goes the way that everybody's settings go, and is checked like them.
    ///
    /// Those that it leaves empty would contradict it, if the environment or a file set them.
    fileprivate var settings: [String: String?] {
        [
            "ACCORD_ENV": "development",
            "ACCORD_DATABASE_URL": centralDatabaseURL,
            "ACCORD_ORGS_DATABASE_URL": "",
            "ACCORD_JWKS_URL": "",
            "ACCORD_JWKS_FILE": jwksFile,
            "ACCORD_JWT_AUDIENCE": "",
            "ACCORD_JWT_ISSUER": issuer,
            "ACCORD_STORAGE_DIRECTORY": storageDirectory,
            "ACCORD_STORAGE_SECRET": linkSigningSecret,
            "ACCORD_SHUTDOWN_SECONDS": "3",
        ]
    }
}

/// Prints at once, also where standard output is a file or a pipe.
private func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
}
