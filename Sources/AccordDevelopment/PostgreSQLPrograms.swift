import Foundation

/// Where PostgreSQL's programs are on this machine.
///
/// Debian keeps them out of `PATH`, one folder per major version, `/usr/lib/postgresql/15/bin`.
struct PostgreSQLPrograms: Sendable {
    /// The folder that holds `initdb`, `postgres` and `psql`.
    let folder: String

    /// The path of one program.
    func path(of program: String) -> String {
        "\(folder)/\(program)"
    }

    /// Finds them: where `pg_config` says, else the newest of Debian's folders.
    ///
    /// - Parameter version: the major version the data on disk was made with, which no other version can read.
    /// - Returns: a folder with all three programs.
    /// - Throws: `DevelopmentError.postgreSQLNotFound`.
    static func find(version: String? = nil) async throws -> PostgreSQLPrograms {
        let debian = "/usr/lib/postgresql"
        if let version, areComplete(in: "\(debian)/\(version)/bin") {
            return PostgreSQLPrograms(folder: "\(debian)/\(version)/bin")
        }
        if let programs = try? await configured(), areComplete(in: programs) {
            let banner = try await ChildProcess.run(.init(words: ["\(programs)/postgres", "--version"]))
            let major = banner.split(separator: " ").last?.prefix { $0.isNumber }
            if version == nil || major == version?[...] { return PostgreSQLPrograms(folder: programs) }
        }
        let installed = (try? FileManager.default.contentsOfDirectory(atPath: debian)) ?? []
        let newest = installed.compactMap(Int.init).sorted().last { areComplete(in: "\(debian)/\($0)/bin") }
        guard version == nil, let newest else { throw DevelopmentError.postgreSQLNotFound(version: version) }
        return PostgreSQLPrograms(folder: "\(debian)/\(newest)/bin")
    }

    private static func configured() async throws -> String {
        try await ChildProcess.run(.init(words: ["pg_config", "--bindir"])).trimmingCharacters(in: .newlines)
    }

    /// `pg_config` comes with the client library, so its folder may lack the server.
    private static func areComplete(in folder: String) -> Bool {
        ["initdb", "postgres", "psql"].allSatisfy { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") }
    }
}
