import NIOCore
import NIOPosix

/// Where a server is to listen.
package enum ListeningAddress {
    /// Proves that the address can be listened at, so that nothing else need be started in vain.
    ///
    /// - Parameters:
    ///   - host: a name or an address of this machine.
    ///   - port: 0 is always free.
    /// - Throws: `ConfigurationErrors`, saying what to do.
    package static func check(host: String, port: Int) async throws(ConfigurationErrors) {
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
                "The server can't listen at \(host), port \(port) (ACCORD_HOST, ACCORD_PORT). \(cause)"
            ])
        }
    }
}
