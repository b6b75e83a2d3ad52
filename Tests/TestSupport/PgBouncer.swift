import AccordDevelopment
import Foundation

/// Debian's `pgbouncer` in transaction mode before the tests' PostgreSQL, on a loopback port.
///
/// It ends with the scope that wanted it, or with the process: see `GuardedProgram`.
package struct PgBouncer: Sendable {
    /// The reason to give where a test that needs it is switched off.
    package static let missing = "pgbouncer is not here: `make test` installs it"

    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    private static let program = "/usr/sbin/pgbouncer"

    private let port: Int

    /// The address of a database by way of it.
    package func url(_ direct: String) -> String {
        var url = URLComponents(string: direct)
        url?.port = port
        return url?.string ?? direct
    }

    /// Runs it for as long as `body` takes. `serverConnections` is how many connections of PostgreSQL it lends, to each
    /// database and user.
    package static func withRunning<Outcome>(
        serverConnections: Int, _ body: (PgBouncer) async throws -> Outcome
    ) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-pgbouncer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let direct = URLComponents(string: try await TestCluster.shared.ownerURL(database: "postgres"))
        let port = try LoopbackPort.free()
        try configuration(port: port, server: direct?.port ?? 0, serverConnections, folder)
            .write(to: folder.appending(path: "pgbouncer.ini"), atomically: true, encoding: .utf8)
        try await users.write(to: folder.appending(path: "users.txt"), atomically: true, encoding: .utf8)

        let guarded = try GuardedProgram(guardScript, [program, folder.path])
        defer { guarded.end() }
        for _ in 1...200 where !LoopbackPort.isListening(port) { try await Task.sleep(for: .milliseconds(20)) }
        return try await body(PgBouncer(port: port))
    }

    /// It refuses to run as root.
    private static let guardScript = """
        [ "$(id -u)" -ne 0 ] || { chown -R nobody "$2"; as="--user nobody"; }
        "$1" --quiet $as "$2/pgbouncer.ini" &
        read -r _
        kill -9 $!
        rm -rf "$2"
        """

    private static func configuration(
        port: Int, server: Int, _ serverConnections: Int, _ folder: URL
    ) -> String {
        """
        [databases]
        * = host=127.0.0.1 port=\(server)
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = \(port)
        unix_socket_dir =
        logfile = \(folder.path)/log
        auth_type = scram-sha-256
        auth_file = \(folder.path)/users.txt
        pool_mode = transaction
        default_pool_size = \(serverConnections)
        max_client_conn = 500
        """
    }

    private static var users: String {
        get async throws {
            let roles = try await TestCluster.shared
            return [roles.ownerURL(database: "x"), roles.applicationURL(database: "x")].compactMap(URLComponents.init)
                .map { "\"\($0.user ?? "")\" \"\($0.password ?? "")\"\n" }.joined()
        }
    }
}
