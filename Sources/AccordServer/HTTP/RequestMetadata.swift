import Logging

/// What every log line says about the request it belongs to, in whatever module it is written.
enum RequestMetadata {
    /// Set while a request is answered.
    @TaskLocal static var current: Logger.Metadata = [:]

    /// Adds it to the lines of every logger of the process.
    static let provider = Logger.MetadataProvider { current }
}
