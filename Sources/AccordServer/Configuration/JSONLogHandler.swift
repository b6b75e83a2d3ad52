import AccordAPI
import FoundationEssentials
import GraphQL
package import Logging

/// Writes each log line as a JSON object: `time`, `level`, `message`, and the metadata by their keys.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    package var metadataProvider: Logger.MetadataProvider?
    private let write: @Sendable ([UInt8]) -> Void

    /// Makes a handler that writes to standard error.
    ///
    /// - Parameters:
    ///   - logLevel: the least severe level that is written.
    ///   - metadataProvider: knows the request that a line is about.
    ///   - write: takes each line, its end included.
    package init(
        logLevel: Logger.Level,
        metadataProvider: Logger.MetadataProvider? = nil,
        write: @escaping @Sendable ([UInt8]) -> Void = { LogOutput.standardError.write($0) }
    ) {
        self.logLevel = logLevel
        self.metadataProvider = metadataProvider
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        // One who says more about the line wins over one who says less.
        var metadata = self.metadata
        if let provided = metadataProvider?.get() { metadata.merge(provided) { $1 } }
        if let own = event.metadata { metadata.merge(own) { $1 } }
        // By the engine's writer, since there is a line for each request: `JSONEncoder` takes many times as long.
        var line = ResponseBuffer(capacity: 512)
        line.append(#"{"time":"#)
        line.write(Date().rfc3339)
        line.append(#","level":"#)
        line.write(event.level.rawValue)
        line.append(#","message":"#)
        line.write("\(event.message)")
        for (key, value) in metadata.sorted(by: { $0.key < $1.key }) where !Self.ownKeys.contains(key) {
            line.append(UInt8(ascii: ","))
            line.write(key)
            line.append(UInt8(ascii: ":"))
            line.write(value)
        }
        line.append("}\n")
        write(line.bytes)
    }

    /// An object must not have them twice.
    private static let ownKeys: Set<String> = ["time", "level", "message"]
}

extension ResponseBuffer {
    /// Numbers are written as numbers, all else as text.
    fileprivate mutating func write(_ value: Logger.MetadataValue) {
        switch value {
        case .stringConvertible(let number as Int): write(number)
        case .stringConvertible(let number as Double) where number.isFinite: write(number)
        default: write("\(value)")
        }
    }
}
