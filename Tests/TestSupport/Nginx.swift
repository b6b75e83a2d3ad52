import Foundation

/// Debian's `nginx` before servers under test, on a loopback port, with the configuration that the documentation
/// recommends.
///
/// It ends with the scope that wanted it, or with the process: see `GuardedProgram`.
package struct Nginx: Sendable {
    /// The reason to give where a test that needs it is switched off.
    package static let missing = "nginx is not here: `make test` installs it"

    package static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    package struct StartFailed: Error, CustomStringConvertible {
        package let description: String
    }

    private static let program = "/usr/sbin/nginx"

    /// Where it answers, without a path.
    package let url: String

    /// Runs it for as long as `body` takes. `configuration` is what an operator writes into `conf.d`: an `upstream` with
    /// the servers `127.0.0.1:8080` and `127.0.0.1:8081`, and a `server` that listens with TLS, which is left out here.
    /// `ports` are where the servers really are.
    package static func withRunning<Outcome>(
        _ configuration: String, before ports: (Int, Int), _ body: (Nginx) async throws -> Outcome
    ) async throws -> Outcome {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-nginx-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let port = try LoopbackPort.free()
        let site = configuration.split(separator: "\n").filter { !$0.contains("ssl_certificate") }
            .joined(separator: "\n")
            .replacing("listen 443 ssl", with: "listen 127.0.0.1:\(port)")
            .replacing("127.0.0.1:8080", with: "127.0.0.1:\(ports.0)")
            .replacing("127.0.0.1:8081", with: "127.0.0.1:\(ports.1)")
        try main(site, folder).write(to: folder.appending(path: "nginx.conf"), atomically: true, encoding: .utf8)

        let guarded = try GuardedProgram(guardScript, [program, folder.path])
        defer { guarded.end() }
        for _ in 1...3_000 where !LoopbackPort.isListening(port) { try await Task.sleep(for: .milliseconds(20)) }
        guard LoopbackPort.isListening(port) else {
            let log = try? String(contentsOf: folder.appending(path: "error.log"), encoding: .utf8)
            throw StartFailed(description: "nginx did not start: \(log ?? "")")
        }
        return try await body(Nginx(url: "http://127.0.0.1:\(port)"))
    }

    /// Killed, the first process would leave the others behind.
    private static let guardScript = """
        "$1" -p "$2" -e "$2/error.log" -c "$2/nginx.conf" &
        read -r _
        kill -TERM $!
        sleep 1
        rm -rf "$2"
        """

    /// What stands around the site in Debian's own `nginx.conf`, as far as it matters, and folders of its own.
    private static func main(_ site: String, _ folder: URL) -> String {
        """
        daemon off;
        worker_processes 2;
        pid nginx.pid;
        events {
            worker_connections 768;
        }
        http {
            access_log off;
            client_body_temp_path client_body;
            proxy_temp_path proxy;
            fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi;
            scgi_temp_path scgi;
        \(site)
        }
        """
    }
}
