import AccordDevelopment
import Foundation

/// Debian's `pgbouncer` before the tests' PostgreSQL, on a loopback port, with the configuration that the documentation
/// recommends.
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

    package struct StartFailed: Error, CustomStringConvertible {
        package let description: String
    }

    /// Runs it for as long as `body` takes. `configuration` is what an operator writes into `pgbouncer.ini`, with
    /// PostgreSQL at `db.example` and the users in `/etc/pgbouncer/users.txt`; its last section is `[pgbouncer]`.
    package static func withRunning<Outcome>(
        _ configuration: String, _ body: (PgBouncer) async throws -> Outcome
    ) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-pgbouncer-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let direct = URLComponents(string: try await TestCluster.shared.ownerURL(database: "postgres"))
        let port = try LoopbackPort.free()
        let text =
            configuration
            .replacing("host=db.example port=5432", with: "host=127.0.0.1 port=\(direct?.port ?? 0)")
            .replacing("/etc/pgbouncer/users.txt", with: "\(folder.path)/users.txt") + own(port: port, folder)
        try text.write(to: folder.appending(path: "pgbouncer.ini"), atomically: true, encoding: .utf8)
        try await users.write(to: folder.appending(path: "users.txt"), atomically: true, encoding: .utf8)

        let guarded = try GuardedProgram(guardScript, [program, folder.path])
        defer { guarded.end() }
        for _ in 1...3_000 where !LoopbackPort.isListening(port) { try await Task.sleep(for: .milliseconds(20)) }
        guard LoopbackPort.isListening(port) else {
            let log = try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)
            throw StartFailed(description: "pgbouncer did not start: \(log ?? "")")
        }
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

    /// What is this one's own: where it listens and logs.
    private static func own(port: Int, _ folder: URL) -> String {
        """

        listen_addr = 127.0.0.1
        listen_port = \(port)
        unix_socket_dir =
        logfile = \(folder.path)/log

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
