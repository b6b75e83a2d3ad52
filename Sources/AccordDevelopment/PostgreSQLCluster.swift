import Foundation
import Synchronization

/// A private PostgreSQL cluster: its own folder, its own processes, a loopback port of its own.
///
/// The folder holds `data`, the server's log, the socket (where its owner and root need no password) and `cluster.json`
/// with the superuser's random password, which loopback connections need. Everything in it can be deleted while the
/// cluster is stopped; the next start makes a new one.
///
/// PostgreSQL refuses to run as root. Started by root, it steps down to the user `postgres`, or `nobody`. Such a user
/// can't walk to a folder below one that only root may enter, so the folder is opened first, as descriptor 9, and
/// PostgreSQL knows it as `/proc/self/fd/9`. That name is short, too: a socket's path may have 107 bytes at most.
///
/// The server also stops when this process dies without stopping it (`setpriv --pdeathsig`).
package final class PostgreSQLCluster: Sendable {
    /// How much the data matters.
    package enum Durability: Sendable {
        /// Survives a power cut: PostgreSQL's own defaults.
        case durable
        /// For tests: nothing is forced to disk.
        case disposable
    }

    /// What a start must know of the starts before, kept in `cluster.json`.
    struct Record: Codable {
        /// Part of the server's command line, so that a server left running is known by it.
        var name: String
        /// Kept from start to start while it is free, so that addresses written down stay right.
        var port: Int
        var password: String
    }

    /// The folder, with the socket in it.
    package let folder: String
    /// Where the server listens on 127.0.0.1.
    package let port: Int
    private let superuserPassword: String
    let programs: PostgreSQLPrograms
    private let server: ChildProcess

    init(folder: String, record: Record, programs: PostgreSQLPrograms, server: ChildProcess) {
        self.folder = folder
        self.port = record.port
        self.superuserPassword = record.password
        self.programs = programs
        self.server = server
    }

    /// The server's process id.
    package var processIdentifier: Int32 {
        server.identifier
    }

    /// Starts the cluster in a folder, which is made if missing, and waits until it answers.
    ///
    /// A server that an earlier, killed process left running there is stopped first.
    ///
    /// - Throws: `DevelopmentError`: no PostgreSQL on this machine, a folder that can't be used, a server that did not
    ///   start (with the end of its log).
    package static func start(
        in folder: String,
        durability: Durability = .durable
    ) async throws -> PostgreSQLCluster {
        try await PostgreSQLStart(folder: folder, durability: durability).run()
    }

    /// Deletes a cluster that is not in use, and stops its server first if a killed process left it running.
    static func delete(_ folder: String) async throws {
        try await PostgreSQLStart(folder: folder, durability: .durable).delete()
    }

    /// Stops the server: sessions are cut off, the data is written. A server that does not follow within 5 seconds is
    /// stopped hard (it recovers at the next start). Cancellation does not shorten it.
    package func stop() async {
        server.send(SIGINT)
        // Unstructured, so that a cancelled caller still gets the full patience.
        let impatience = Task { [server] in
            try await Task.sleep(for: .seconds(5))
            server.send(SIGQUIT)
            try await Task.sleep(for: .seconds(3))
            server.send(SIGKILL)
        }
        _ = await server.waitForEnd()
        impatience.cancel()
    }

    /// Waits until the server has ended, for whatever reason.
    package func waitForEnd() async {
        _ = await server.waitForEnd()
    }

    // MARK: - Addresses

    /// A loopback address for a role with a password: `postgresql://role:password@127.0.0.1:port/database`.
    package func url(database: String, role: String, password: String) -> String {
        var url = URLComponents()
        url.scheme = "postgresql"
        url.user = role
        url.password = password
        url.host = "127.0.0.1"
        url.port = port
        url.path = "/\(database)"
        return url.string ?? ""
    }

    /// The superuser's loopback address.
    package func superuserURL(database: String = "postgres") -> String {
        url(database: database, role: "postgres", password: superuserPassword)
    }

    // MARK: - Administration

    /// Makes a role that may log in and is neither superuser nor free of row-level security; gives an existing one
    /// the password.
    package func createRole(_ name: String, password: String) async throws {
        try await administer([
            "DO $$ BEGIN CREATE ROLE \(quoted(name: name)); EXCEPTION WHEN duplicate_object THEN NULL; END $$",
            """
            ALTER ROLE \(quoted(name: name)) LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE \
            PASSWORD \(quoted(text: password))
            """,
        ])
    }

    /// Makes an empty database, or a copy of `template` (to which nobody may be connected then).
    package func createDatabase(_ name: String, owner: String, template: String = "template1") async throws {
        try await administer([
            """
            CREATE DATABASE \(quoted(name: name)) OWNER \(quoted(name: owner)) TEMPLATE \(quoted(name: template))
            """
        ])
    }

    /// Whether there is a database of that name.
    package func hasDatabase(_ name: String) async throws -> Bool {
        try await administer(["SELECT 1 FROM pg_database WHERE datname = \(quoted(text: name))"]) == "1\n"
    }

    /// Deletes a database, cutting off who is connected to it; fine if there is none.
    package func dropDatabase(_ name: String) async throws {
        try await administer(["DROP DATABASE IF EXISTS \(quoted(name: name)) WITH (FORCE)"])
    }

    /// Runs statements as superuser, each in a transaction of its own.
    ///
    /// `psql` does it, so that the tests of our own client don't rest on that client.
    ///
    /// - Returns: the rows, a line each, columns separated by `|`.
    /// - Throws: `DevelopmentError.programFailed` with the server's message; statements before the failed one stay done.
    @discardableResult
    package func administer(_ statements: [String], in database: String = "postgres") async throws -> String {
        let options = ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
        let address = ["-h", "127.0.0.1", "-p", "\(port)", "-U", "postgres", "-d", database]
        return try await ChildProcess.run(
            ChildProcess.Command(
                words: [programs.path(of: "psql")] + options + address + statements.flatMap { ["-c", $0] },
                environment: ["PGPASSWORD": superuserPassword]
            )
        )
    }

    private func quoted(name: String) -> String {
        "\"\(name.replacing("\"", with: "\"\""))\""
    }

    private func quoted(text: String) -> String {
        "'\(text.replacing("'", with: "''"))'"
    }
}
