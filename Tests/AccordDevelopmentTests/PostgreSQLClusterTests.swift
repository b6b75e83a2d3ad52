import Foundation
import Testing

@testable import AccordDevelopment

struct PostgreSQLClusterTests {
    @Test func `a cluster starts, keeps what it was given, and is started again from its folder`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            try await first.createRole("application", password: "it's \"secret\"")
            try await first.createDatabase("the \"demo\"", owner: "application")
            await first.stop()

            let second = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            let kept = try await second.hasDatabase("the \"demo\"")
            let port = second.port
            await second.stop()
            #expect(kept)
            #expect(port == first.port)
        }
    }

    @Test func `a role is neither superuser nor free of row-level security, also when made twice`() async throws {
        try await withTemporaryFolder { folder in
            let cluster = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            try await cluster.createRole("application", password: "one")
            try await cluster.createRole("application", password: "two")
            let attributes = try await cluster.administer([
                "SELECT rolsuper, rolbypassrls, rolcanlogin FROM pg_roles WHERE rolname = 'application'"
            ])
            await cluster.stop()
            #expect(attributes == "f|f|t\n")
        }
    }

    @Test func `a folder with a path too long for a socket works`() async throws {
        try await withTemporaryFolder { folder in
            let deep = "\(folder)/\(String(repeating: "long", count: 30))"
            let cluster = try await PostgreSQLCluster.start(in: deep, durability: .disposable)
            let answer = try await cluster.administer(["SELECT 1"])
            await cluster.stop()
            #expect(answer == "1\n")
        }
    }

    @Test func `a server left behind by a killed process is stopped and its data used`() async throws {
        try await withTemporaryFolder { folder in
            // Two starts in one process stand for a process and its successor.
            let abandoned = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            try await abandoned.createRole("application", password: "kept")
            let successor = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            let roles = try await successor.administer(["SELECT count(*) FROM pg_roles WHERE rolname = 'application'"])
            await abandoned.waitForEnd()
            await successor.stop()
            #expect(roles == "1\n")
        }
    }

    @Test func `a killed server recovers`() async throws {
        try await withTemporaryFolder { folder in
            let killed = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            kill(killed.processIdentifier, SIGKILL)
            await killed.waitForEnd()
            let successor = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            let answer = try await successor.administer(["SELECT 1"])
            await successor.stop()
            #expect(answer == "1\n")
        }
    }

    @Test func `the process id of another program is left alone`() async throws {
        try await withTemporaryFolder { folder in
            try await PostgreSQLCluster.start(in: folder, durability: .disposable).stop()
            let bystander = try await ChildProcess.start(.init(words: ["sleep", "60"]), log: "\(folder)/sleep.log")
            let stale = "\(bystander.identifier)\n/elsewhere\n0\n5432\n\n\n\nready\n"
            try Data(stale.utf8).write(to: URL(filePath: "\(folder)/data/postmaster.pid"))
            try await PostgreSQLCluster.start(in: folder, durability: .disposable).stop()
            #expect(!bystander.hasEnded)
            bystander.send(SIGKILL)
            _ = await bystander.waitForEnd()
        }
    }

    @Test func `a server that can't start says why`() async throws {
        try await withTemporaryFolder { folder in
            try await PostgreSQLCluster.start(in: folder, durability: .disposable).stop()
            try Data("no_such_setting = 1\n".utf8).write(to: URL(filePath: "\(folder)/data/postgresql.auto.conf"))
            let error = await #expect(throws: DevelopmentError.self) {
                try await PostgreSQLCluster.start(in: folder, durability: .disposable)
            }
            guard case .clusterDidNotStart(let log) = error else {
                Issue.record("unexpected: \(String(describing: error))")
                return
            }
            #expect(log.contains(#"unrecognized configuration parameter "no_such_setting""#))
        }
    }
}

/// Lends an empty folder and removes it afterwards.
func withTemporaryFolder<Result>(_ body: (String) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "accord-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.path)
}
