package import Logging

/// What is logged, and how.
package struct LogConfiguration: Sendable {
    /// The least severe level that is written.
    package var level = Logger.Level.info
    package var format = Format.text

    /// How a log line looks.
    package enum Format: String, Sendable, CaseIterable {
        /// For people.
        case text
        /// One JSON object a line, for programs.
        case json
    }

    package init() {}

    init(_ settings: inout SettingsReader) {
        level = settings.choice("ACCORD_LOG_LEVEL", default: .info)
        format = settings.choice("ACCORD_LOG_FORMAT", default: .text)
    }

    /// Sets up logging to standard error for the whole process, and returns the server's logger. To be called once.
    package func bootstrap() -> Logger {
        LoggingSystem.bootstrap { [format, level] label in
            switch format {
            case .text:
                var handler = StreamLogHandler.standardError(label: label)
                handler.logLevel = level
                return handler
            case .json:
                return JSONLogHandler(logLevel: level)
            }
        }
        return Logger(label: "accord")
    }
}
