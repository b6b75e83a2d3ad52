import AccordDevelopment
import Glibc
import Logging
import PostgreSQL
import Testing
import TestSupport

/// What a connection that can't be made says.
@Suite(.serialized, .timeLimit(.minutes(5))) struct ConnectTests {
    private func connectError(
        _ url: String,
        connectTimeout: Duration = .seconds(60)
    ) async throws -> (text: String, time: Duration) {
        let configuration = PostgreSQLPoolConfiguration(maximumConnections: 1, connectTimeout: connectTimeout)
        let pool = PostgreSQLPool(configuration: configuration, logger: Logger(label: "test"))
        let endpoint = try PostgreSQLEndpoint(url: url)
        let clock = ContinuousClock()
        let start = clock.now
        let error = try await failure { try await pool.withConnection(to: endpoint) { _ in } }
        let time = clock.now - start
        await pool.close()
        guard case .connectionFailed(let reason) = error else { throw try #require(error) }
        return (reason, time)
    }

    @Test func `a wrong password, role, database or host is told apart, and no password shown`() async throws {
        let cluster = try await TestCluster.shared.cluster
        let prefix = #"connection to server at "127.0.0.1", port \#(cluster.port) failed: FATAL: "#
        let database = try await TestDatabase.empty()
        let name = database.name
        let url = database.url
        let wrongPassword = url.replacing(":application@", with: ":s3cret@")
        #expect(
            try await connectError(wrongPassword).text == prefix
                + #"password authentication failed for user "accord_app""#)
        let wrongRole = url.replacing("accord_app:", with: "nobody:")
        #expect(try await connectError(wrongRole).text == prefix + #"password authentication failed for user "nobody""#)
        let wrongDatabase = url.replacing(name, with: "nowhere")
        #expect(try await connectError(wrongDatabase).text == prefix + #"database "nowhere" does not exist"#)
        let wrongHost = url.replacing("127.0.0.1", with: "no-such-host.invalid")
        #expect(
            try await connectError(wrongHost).text
                .hasPrefix(#"the host name "no-such-host.invalid" has no address: "#))
        let noTLS = url + "?sslmode=require"
        #expect(try await connectError(noTLS).text.hasSuffix("server does not support SSL, but SSL was required"))
        try await database.drop()
    }

    @Test func `a host name, several hosts and a socket's folder all lead there`() async throws {
        let cluster = try await TestCluster.shared.cluster
        let database = try await TestDatabase.empty()
        let hosts = [
            database.url.replacing("127.0.0.1", with: "localhost"),
            database.url.replacing("127.0.0.1:\(cluster.port)", with: "127.0.0.1:1,localhost:\(cluster.port)"),
            "postgresql://accord_app@/\(database.name)?host=\(cluster.folder)&port=\(cluster.port)",
        ]
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 3), logger: Logger(label: "test"))
        for host in hosts {
            let name = try await pool.withConnection(to: PostgreSQLEndpoint(url: host)) { connection in
                try await value(String.self, of: "SELECT current_database()::text", on: connection)
            }
            #expect(name == database.name)
        }
        await pool.close()
        try await database.drop()
    }

    @Test func `a host that refuses is told at once, one that says nothing after the timeout`() async throws {
        let listener = try #require(SilentServer())
        let silent = "postgresql://ann:s3cret@127.0.0.1:\(listener.port)/central"
        var time = Duration.seconds(60)
        // A machine that stalls is late, but not each time.
        for _ in 1...5 where time > .seconds(4) {
            let error = try await connectError(silent, connectTimeout: .milliseconds(200))
            #expect(error.text == "the server did not answer in time")
            time = error.time
        }
        #expect(time < .seconds(4))
        listener.close()
        // Not the listener's port, which another test's server may have taken by now.
        let refused = try await connectError("postgresql://ann:s3cret@127.0.0.1:1/central")
        #expect(refused.text.hasSuffix("Is the server running on that host and accepting TCP/IP connections?"))
    }

    @Test func `cancelling a task ends its attempt to connect`() async throws {
        let listener = try #require(SilentServer())
        defer { listener.close() }
        let pool = PostgreSQLPool(configuration: .patient(maximumConnections: 3), logger: Logger(label: "test"))
        let endpoint = try PostgreSQLEndpoint(url: "postgresql://ann@127.0.0.1:\(listener.port)/central")
        for wait in [0, 1, 50] {
            let task = Task { try await pool.withConnection(to: endpoint) { _ in } }
            try await Task.sleep(for: .milliseconds(wait))
            task.cancel()
            let error = try await failure { try await task.value }
            #expect(error == .cancelled)
        }
        await pool.close()
    }
}

/// A port that accepts and never says a word.
private struct SilentServer {
    let port: UInt16
    private let socket: Int32

    init?() {
        let socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = unsafe withUnsafeMutablePointer(to: &address) { address in
            unsafe address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                unsafe bind(socket, address, length) == 0 && listen(socket, 10) == 0
                    && getsockname(socket, address, &length) == 0
            }
        }
        guard isListening else { return nil }
        self.socket = socket
        port = UInt16(bigEndian: address.sin_port)
    }

    func close() {
        _ = Glibc.close(socket)
    }
}
