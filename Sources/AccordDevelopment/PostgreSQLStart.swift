import AccordAdapters
import Foundation

/// The steps from a folder, in whatever state it was left, to a running cluster.
struct PostgreSQLStart {
    let folder: String
    let durability: PostgreSQLCluster.Durability
    private let user = UnprivilegedUser.ifRoot()

    private var data: String { "\(folder)/data" }
    private var log: String { "\(folder)/postgresql.log" }
    private var recordFile: String { "\(folder)/cluster.json" }

    init(folder: String, durability: PostgreSQLCluster.Durability) {
        self.folder = folder.absolutePath
        self.durability = durability
    }

    func run() async throws -> PostgreSQLCluster {
        try makePrivateFolder()
        let version = try? String(contentsOfFile: "\(data)/PG_VERSION", encoding: .utf8)
        let programs = try await PostgreSQLPrograms.find(
            version: version?.trimmingCharacters(in: .whitespacesAndNewlines))
        var record: PostgreSQLCluster.Record
        if version != nil {
            record = try readRecord()
            try await stopServerLeftRunning(record)
        } else {
            record = PostgreSQLCluster.Record(
                name: "accord-\(UUID().uuidString)", port: randomPort(), password: RandomSecret.make())
            try save(record)
            try await initialize(programs, password: record.password)
        }
        // A port can be taken between any check and its use, so the server itself tries it.
        for _ in 1...20 {
            let server = try await startServer(programs, record)
            if try await isReady(server) {
                try save(record)
                return PostgreSQLCluster(folder: folder, record: record, programs: programs, server: server)
            }
            let lines = tailOfLog()
            if lines.contains("Address already in use") {
                record.port = randomPort()
            } else if lines.contains("pre-existing shared memory block") {
                // The last processes of a killed server are still leaving.
                try await Task.sleep(for: .milliseconds(250))
            } else {
                break
            }
        }
        throw DevelopmentError.clusterDidNotStart(log: tailOfLog())
    }

    /// Stops a server left running and deletes the folder; fine if there is none.
    func delete() async throws {
        guard FileManager.default.fileExists(atPath: folder) else { return }
        if let record = try? readRecord() { try await stopServerLeftRunning(record) }
        try FileManager.default.removeItem(atPath: folder)
    }

    // MARK: - The folder

    private func makePrivateFolder() throws {
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.setAttributes(owned(permissions: 0o700), ofItemAtPath: folder)
        } catch {
            throw DevelopmentError.unusableData("The folder \(folder) can't be made ready: \(error)")
        }
    }

    private func owned(permissions: Int) -> [FileAttributeKey: Any] {
        var attributes: [FileAttributeKey: Any] = [.posixPermissions: permissions]
        if let user {
            attributes[.ownerAccountID] = user.userID
            attributes[.groupOwnerAccountID] = user.groupID
        }
        return attributes
    }

    private func readRecord() throws -> PostgreSQLCluster.Record {
        do {
            let content = try Data(contentsOf: URL(filePath: recordFile))
            return try JSONDecoder().decode(PostgreSQLCluster.Record.self, from: content)
        } catch {
            throw DevelopmentError.unusableData(
                "\(recordFile) is missing or damaged, so the cluster beside it can't be opened. Start again with --reset."
            )
        }
    }

    private func save(_ record: PostgreSQLCluster.Record) throws {
        try JSONEncoder().encode(record).write(to: URL(filePath: recordFile), options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: recordFile)
    }

    /// Runs `initdb` beside the final place, so that an interrupted one is never taken for a cluster.
    private func initialize(_ programs: PostgreSQLPrograms, password: String) async throws {
        let files = FileManager.default
        let unfinished = "\(folder)/data.new"
        let passwordFile = "\(folder)/password.new"
        for leftover in [unfinished, passwordFile] where files.fileExists(atPath: leftover) {
            try files.removeItem(atPath: leftover)
        }
        try Data(password.utf8).write(to: URL(filePath: passwordFile))
        try files.setAttributes(owned(permissions: 0o600), ofItemAtPath: passwordFile)
        let options = [
            "--username=postgres", "--pwfile=/proc/self/fd/9/password.new",
            "--encoding=UTF8", "--locale=C.UTF-8", "--auth-local=trust", "--auth-host=scram-sha-256",
            "--no-instructions",
        ]
        let sync = durability == .disposable ? ["--no-sync"] : []
        let initdb = [programs.path(of: "initdb"), "-D", "/proc/self/fd/9/data.new"] + options + sync
        try await ChildProcess.run(command(initdb, deathSignal: "KILL"))
        try files.removeItem(atPath: passwordFile)
        try files.moveItem(atPath: unfinished, toPath: data)
    }

    // MARK: - The server

    private func startServer(
        _ programs: PostgreSQLPrograms,
        _ record: PostgreSQLCluster.Record
    ) async throws -> ChildProcess {
        var settings = [
            "cluster_name=\(record.name)", "listen_addresses=127.0.0.1", "port=\(record.port)",
            "unix_socket_directories=/proc/self/fd/9",
            "max_connections=\(durability == .disposable ? 200 : 50)", "shared_buffers=32MB", "jit=off",
            "log_checkpoints=off", "log_timezone=UTC",
        ]
        if durability == .disposable {
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
        }
        let postgres = [programs.path(of: "postgres"), "-D", "/proc/self/fd/9/data"]
        return try await ChildProcess.start(
            command(postgres + settings.flatMap { ["-c", $0] }, deathSignal: "INT"),
            log: log
        )
    }

    /// The given words, run as the unprivileged user if there is one, with the folder as descriptor 9, told by a
    /// signal when this process dies. The shell opens the folder while it is still root.
    private func command(_ words: [String], deathSignal: String) -> ChildProcess.Command {
        var step = ["setpriv", "--pdeathsig", deathSignal]
        if let user {
            step += ["--reuid", "\(user.userID)", "--regid", "\(user.groupID)", "--clear-groups"]
        }
        let shell = ["sh", "-c", #"exec 9<. && cd / && exec "$@""#, "sh"]
        return ChildProcess.Command(words: shell + step + words, directory: folder)
    }

    /// Waits until the server accepts connections, as `pg_ctl` does: the eighth line of `postmaster.pid` says so.
    ///
    /// - Returns: false when the server has ended instead.
    private func isReady(_ server: ChildProcess) async throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(60)
        do {
            while !server.hasEnded {
                let lines = postmasterFile()
                if lines.count >= 8, lines[0] == "\(server.identifier)", lines[7].hasPrefix("ready") { return true }
                if ContinuousClock.now > deadline { throw DevelopmentError.clusterDidNotStart(log: tailOfLog()) }
                try await Task.sleep(for: .milliseconds(20))
            }
        } catch {
            server.send(SIGINT)
            throw error
        }
        return false
    }

    /// Stops a server that an earlier process left behind, and removes what a killed one left on disk.
    private func stopServerLeftRunning(_ record: PostgreSQLCluster.Record) async throws {
        if let process = postmasterFile().first.flatMap({ Int32($0) }) {
            // The id alone proves nothing: after a reboot another program may have it.
            let isOurs = {
                let commandLine = FileManager.default.contents(atPath: "/proc/\(process)/cmdline") ?? Data()
                return String(decoding: commandLine, as: UTF8.self).contains("cluster_name=\(record.name)\0")
            }
            for (signal, patience) in [(SIGINT, 8.0), (SIGQUIT, 4), (SIGKILL, 2)] where isOurs() {
                kill(process, signal)
                let deadline = ContinuousClock.now + .seconds(patience)
                while isOurs(), ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(20)) }
            }
        }
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: folder) where name.hasPrefix(".s.PGSQL.") {
            try files.removeItem(atPath: "\(folder)/\(name)")
        }
        if files.fileExists(atPath: "\(data)/postmaster.pid") { try files.removeItem(atPath: "\(data)/postmaster.pid") }
    }

    private func postmasterFile() -> [Substring] {
        let content = try? String(contentsOfFile: "\(data)/postmaster.pid", encoding: .utf8)
        return content?.split(separator: "\n", omittingEmptySubsequences: false) ?? []
    }

    private func tailOfLog() -> String {
        let content = (try? String(contentsOfFile: log, encoding: .utf8)) ?? ""
        return content.split(separator: "\n").suffix(15).joined(separator: "\n")
    }

    /// Below the range that Linux takes ports of outgoing connections from.
    private func randomPort() -> Int {
        Int.random(in: 20_000..<32_000)
    }
}

/// Whom root steps down to, because PostgreSQL refuses to run as root.
struct UnprivilegedUser: Sendable {
    let userID: Int
    let groupID: Int

    /// The user `postgres`, which Debian's package makes, else `nobody`; nil when this process is not root's.
    static func ifRoot() -> UnprivilegedUser? {
        guard geteuid() == 0 else { return nil }
        let passwd = (try? String(contentsOfFile: "/etc/passwd", encoding: .utf8)) ?? ""
        // name:password:user id:group id:…
        let users = passwd.split(separator: "\n").map { $0.split(separator: ":", omittingEmptySubsequences: false) }
        for name in ["postgres", "nobody"] {
            if let user = users.first(where: { $0.count > 3 && $0[0] == name }),
                let userID = Int(user[2]), let groupID = Int(user[3])
            {
                return UnprivilegedUser(userID: userID, groupID: groupID)
            }
        }
        return UnprivilegedUser(userID: 65_534, groupID: 65_534)
    }
}
