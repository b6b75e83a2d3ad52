import AccordAPI
import FoundationEssentials
import GraphQL
package import Logging

/// Writes each log line in one pass, since there is one for each request: as text, or as a JSON object of `time`, `level`,
/// `message` and the metadata by their keys.
package struct LineLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let label: String
    private let format: LogConfiguration.Format
    private let write: @Sendable ([UInt8]) -> Void

    /// Makes a handler.
    ///
    /// - Parameters:
    ///   - label: the logger's name, which stands in text.
    ///   - format: how a line looks.
    ///   - logLevel: the least severe level that is written.
    ///   - metadataProvider: knows the request that a line is about.
    ///   - write: takes each line, its end included; writes it to standard error by default.
    package init(
        label: String, format: LogConfiguration.Format, logLevel: Logger.Level,
        metadataProvider: Logger.MetadataProvider? = nil,
        write: (@Sendable ([UInt8]) -> Void)? = nil
    ) {
        self.label = label
        self.format = format
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
        self.write = write ?? { LogOutput.standardError.write($0) }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let entries = entries(of: event)
        switch format {
        case .text: write(text(event, entries))
        case .json: write(json(event, entries))
        }
    }

    private typealias Entry = (key: String, value: Logger.MetadataValue)

    /// What is known, by its keys. One who says more about the line wins over one who says less.
    private func entries(of event: LogEvent) -> [Entry] {
        var entries: [Entry] = []
        func add(_ metadata: Logger.Metadata) {
            for (key, value) in metadata where !entries.contains(where: { $0.key == key }) {
                entries.append((key, value))
            }
        }
        if let own = event.metadata { add(own) }
        if let error = event.error { add(["cause": "\(error)"]) }
        if let provided = metadataProvider?.get() { add(provided) }
        add(metadata)
        entries.sort { $0.key < $1.key }
        return entries
    }

    private func json(_ event: LogEvent, _ entries: [Entry]) -> [UInt8] {
        var line = ResponseBuffer(capacity: 512)
        line.append(#"{"time":"#)
        line.write(Date().rfc3339)
        line.append(#","level":"#)
        line.write(event.level.rawValue)
        line.append(#","message":"#)
        line.write("\(event.message)")
        for (key, value) in entries where !Self.ownKeys.contains(key) {
            line.append(UInt8(ascii: ","))
            line.write(key)
            line.append(UInt8(ascii: ":"))
            switch value {
            case .stringConvertible(let number as Int): line.write(number)
            case .stringConvertible(let number as Double) where number.isFinite: line.write(number)
            default: line.write(value.description)
            }
        }
        line.append("}\n")
        return line.bytes
    }

    /// An object must not have them twice.
    private static let ownKeys = ["time", "level", "message"]

    /// `2026-07-01T09:30:00.123Z info accord: key=value [Module] A sentence`
    private func text(_ event: LogEvent, _ entries: [Entry]) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        func add(_ text: String) { line += text.utf8 }
        add(Date().rfc3339)
        add(" ")
        add(event.level.rawValue)
        add(" ")
        add(label)
        add(":")
        for (key, value) in entries {
            add(" ")
            add(key)
            add("=")
            add(value.description)
        }
        add(" [")
        add(event.source)
        add("] ")
        add(event.message.description)
        add("\n")
        return line
    }
}
