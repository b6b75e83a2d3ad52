import AccordServer
import ArgumentParser
import Logging

struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs the production server.",
        discussion: """
            A setting that is missing or malformed stops the start; all of them are listed at once. The databases must \
            have been migrated (accord migrate). SIGTERM and Ctrl-C let running requests finish.
            """
    )

    @Option(help: ArgumentHelp("The address to listen on. (ACCORD_HOST, default: 127.0.0.1)", valueName: "address"))
    var host: String?

    @Option(help: ArgumentHelp("The port to listen on; 0 picks one. (ACCORD_PORT, default: 8080)", valueName: "number"))
    var port: Int?

    @Option(help: ArgumentHelp("The log's level. (ACCORD_LOG_LEVEL, default: info)", valueName: "level"))
    var logLevel: String?

    @Option(
        help: ArgumentHelp(
            "Executes only the documents of this folder or manifest. (ACCORD_TRUSTED_DOCUMENTS)", valueName: "path"))
    var trustedDocuments: String?

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let config = try await settings.reader(flags: [
            "ACCORD_HOST": host, "ACCORD_PORT": port.map(String.init), "ACCORD_LOG_LEVEL": logLevel,
            "ACCORD_TRUSTED_DOCUMENTS": trustedDocuments,
        ])
        let configuration = try ServerConfiguration(config)
        let logger = configuration.log.bootstrap()
        let server = try await AccordServer(configuration, logger: logger)
        try await server.run(stopsOnSignals: true) { url in
            logger.notice("Accord answers", metadata: ["url": "\(url)/graphql"])
        }
    }
}
