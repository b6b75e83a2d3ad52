package import Configuration
import NIOCore
import NIOPosix

/// Where a server is to listen.
package enum ListeningAddress {
    /// Proves that the address in the settings can be listened at.
    ///
    /// - Parameter config: where settings come from.
    /// - Throws: `ConfigurationErrors`, saying what to do.
    package static func check(_ config: ConfigReader) async throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        let (host, port) = settings.listeningAddress()
        guard settings.problems.isEmpty else { throw ConfigurationErrors(problems: settings.problems) }
        try await check(host: host, port: port)
    }

    /// Proves that the address can be listened at, so that nothing else need be started in vain.
    ///
    /// - Parameters:
    ///   - host: a name or an address of this machine.
    ///   - port: 0 is always free.
    ///   - settings: the names of the settings that say so.
    /// - Throws: `ConfigurationErrors`, saying what to do.
    static func check(
        host: String, port: Int, settings: String = "ACCORD_HOST, ACCORD_PORT"
    ) async throws(ConfigurationErrors) {
        do {
            let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
                .bind(host: host, port: port)
                .get()
            try await channel.close()
        } catch {
            let cause =
                (error as? IOError).map { error in
                    error.errnoCode == EADDRINUSE ? "Another program listens there." : "\(error)"
                } ?? "\(error)"
            throw ConfigurationErrors(problems: [
                "The server can't listen at \(host), port \(port) (\(settings)). \(cause)"
            ])
        }
    }
}

extension SettingsReader {
    /// `ACCORD_HOST` and `ACCORD_PORT`.
    mutating func listeningAddress() -> (host: String, port: Int) {
        (text("ACCORD_HOST") ?? "127.0.0.1", integer("ACCORD_PORT", default: 8080, in: 0...65_535))
    }

    /// `ACCORD_OPERATIONS_HOST` and `ACCORD_OPERATIONS_PORT`; nil without a port.
    mutating func operationsAddress() -> (host: String, port: Int)? {
        guard let port = text("ACCORD_OPERATIONS_PORT"), port != "off" else { return nil }
        return (
            text("ACCORD_OPERATIONS_HOST") ?? "127.0.0.1",
            integer("ACCORD_OPERATIONS_PORT", default: 0, in: 0...65_535)
        )
    }
}
