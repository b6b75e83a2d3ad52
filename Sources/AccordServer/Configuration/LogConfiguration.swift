package import Configuration
package import Logging

/// What is logged, and how.
package struct LogConfiguration: Sendable {
    /// The least severe level that is written.
    package var level: Logger.Level
    package var format: Format

    /// How a log line looks.
    package enum Format: String, Sendable, CaseIterable {
        /// For people.
        case text
        /// One JSON object a line, for programs.
        case json
    }

    /// Reads the settings of the log alone.
    ///
    /// - Parameters:
    ///   - config: where settings come from.
    ///   - defaultLevel: the level when none is set.
    /// - Throws: `ConfigurationErrors` when one is malformed.
    package init(_ config: ConfigReader, defaultLevel: Logger.Level = .info) throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        self.init(&settings, defaultLevel: defaultLevel)
        guard settings.problems.isEmpty else { throw ConfigurationErrors(problems: settings.problems) }
    }

    init(_ settings: inout SettingsReader, defaultLevel: Logger.Level = .info) {
        level = settings.choice("ACCORD_LOG_LEVEL", default: defaultLevel)
        format = settings.choice("ACCORD_LOG_FORMAT", default: .text)
    }

    /// Sets up logging to standard error for the whole process, and returns the server's logger. To be called once.
    package func bootstrap() -> Logger {
        LoggingSystem.bootstrap(
            { [format, level] label, metadataProvider in
                LineLogHandler(label: label, format: format, logLevel: level, metadataProvider: metadataProvider)
            }, metadataProvider: RequestRecord.provider)
        return Logger(label: "accord")
    }
}
