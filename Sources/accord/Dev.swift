import AccordDevelopment
import AccordServer
import ArgumentParser
import Configuration
import Foundation
import Logging
import S3

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
        let config = try await settings.reader()
        // Before anything is started: a setting that is missing shouldn't cost a start.
        let bucket = storage == .s3 ? try S3Configuration.read(from: config) : nil
        if let readyFile { try ReadyFile.remove(readyFile) }
        var log = LogConfiguration()
        log.level = .warning
        let logger = log.bootstrap()
        say("Starting PostgreSQL in \(data) …")
        let environment = try await DevelopmentEnvironment.start(in: data, reset: reset, logger: logger)
        do {
            try await serve(environment, bucket, logger)
        } catch {
            await environment.stop()
            throw error
        }
        say("Stopping PostgreSQL …")
        await environment.stop()
    }

    private func serve(
        _ environment: DevelopmentEnvironment, _ bucket: S3Configuration?, _ logger: Logger
    ) async throws {
        let configuration = try ServerConfiguration(
            development: environment, host: host, port: port, bucket: bucket)
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

/// Prints at once, also where standard output is a file or a pipe.
private func say(_ text: String) {
    FileHandle.standardOutput.write(Data((text + "\n").utf8))
}
