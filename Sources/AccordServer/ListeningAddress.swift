package import Configuration
import Glibc
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
            try await tryBinding(host: host, port: port)
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

    /// Takes the address for a moment.
    ///
    /// - Throws: `IOError`; a `SocketAddressError` for a host that has no address.
    static func tryBinding(host: String, port: Int) async throws {
        try await NIOThreadPool.singleton.runIfActive {
            try bind(to: SocketAddress.makeAddressResolvingHost(host, port: port))
        }
    }

    /// Binds a socket and closes it. It never listens: a client that connected just then would be reset.
    private static func bind(to address: SocketAddress) throws(IOError) {
        let descriptor = socket(address.protocol.rawValue, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw IOError(errnoCode: errno, reason: "socket") }
        defer { close(descriptor) }
        // As the server's own: connections of one that has ended don't keep the port.
        var isOn: Int32 = 1
        unsafe setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        let result = unsafe address.withSockAddr { unsafe Glibc.bind(descriptor, $0, socklen_t($1)) }
        guard result == 0 else { throw IOError(errnoCode: errno, reason: "bind") }
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
