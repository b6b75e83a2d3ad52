import AccordAdapters
import AccordDevelopment
import Crypto
import Curl
import Foundation
import TestSupport
import Testing

/// A PostgreSQL that stops and comes back.
@Suite(.timeLimit(.minutes(4)))
struct DatabaseFailureTests {
    @Test func `a stopped PostgreSQL gives DATABASE_UNAVAILABLE, and all is well when it is back`() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-failure-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let environment = try await DevelopmentEnvironment.start(in: folder, durability: .disposable, logger: .quiet)
        do {
            try await exercise(environment)
        } catch {
            await environment.stop()
            throw error
        }
        await environment.stop()
    }

    private func exercise(_ environment: DevelopmentEnvironment) async throws {
        let secret = SymmetricKey(data: Data(environment.linkSigningSecret.utf8))
        try await environment.seed(
            into: DirectoryObjectStorage(
                folder: environment.storageDirectory, baseURL: "", secret: secret, logger: .quiet))
        let settings = settings(of: environment)
        let token = try environment.tokens.token(email: "marcus.okafor@brightwater.example")
        let query = "{ connections { name agreement { fileName } } }"
        try await withRunningServer(settings: settings) { url async throws in
            let client = HTTPTestClient(url: url)
            let before = try await client.graphQL(query, token: token)
            #expect(before.errors.isEmpty)
            #expect(try await client.settledAnswer(status: 200).status == 200)
            let files = try storedFiles(environment)

            await environment.roles.cluster.stop()
            for document in [query, Self.deletion] {
                let answer = try await client.graphQL(document, token: token)
                #expect(answer.status == 503)
                #expect(answer.codes == ["DATABASE_UNAVAILABLE"])
                #expect(answer.errors.map(\.message) == ["The database can't be reached. Try again later."])
            }
            #expect(try await client.get("/health/ready").status == 503)
            #expect(try await client.get("/health/live").status == 200)
            #expect(try storedFiles(environment) == files)

            let cluster = try await PostgreSQLCluster.start(
                in: environment.roles.cluster.folder, durability: .disposable)
            // At once: no request is spent on finding out that old connections are dead.
            #expect(try await client.graphQL(query, token: token).text == before.text)
            #expect(try await client.settledAnswer(status: 200).status == 200)
            await cluster.stop()
        }
    }

    @Test(arguments: [true, false])
    func `a role that could not be looked at is looked at when PostgreSQL is back`(isSafe: Bool) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "accord-failure-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let environment = try await DevelopmentEnvironment.start(in: folder, durability: .disposable, logger: .quiet)
        let stopped = environment.roles.cluster
        let database = environment.centralDatabaseURL.split(separator: "/").last.map(String.init) ?? ""
        var settings = settings(of: environment)
        if !isSafe { settings["ACCORD_DATABASE_URL"] = stopped.superuserURL(database: database) }
        await stopped.stop()
        var answers: [Int?] = []
        try await withRunningServer(settings: settings) { url async throws in
            let client = HTTPTestClient(url: url)
            answers.append(try await client.get("/health/ready").status)
            let cluster = try await PostgreSQLCluster.start(in: stopped.folder, durability: .disposable)
            // A server that must not serve ends; the other one is ready.
            for _ in 1...300 where isSafe ? answers.last != 200 : answers.last != .some(nil) {
                try await Task.sleep(for: .milliseconds(100))
                answers.append(try? await client.get("/health/ready").status)
            }
            await cluster.stop()
        }
        #expect(answers.first == 503)
        #expect(answers.last == .some(isSafe ? 200 : nil))
        #expect(isSafe || !answers.contains(200))
        await environment.stop()
    }

    private func settings(of environment: DevelopmentEnvironment) -> [String: String] {
        [
            "ACCORD_PORT": "0", "ACCORD_DATABASE_URL": environment.centralDatabaseURL,
            "ACCORD_JWKS_FILE": environment.jwksFile, "ACCORD_STORAGE": "directory",
            "ACCORD_STORAGE_DIRECTORY": environment.storageDirectory,
            "ACCORD_STORAGE_SECRET": environment.linkSigningSecret,
        ]
    }

    private static let deletion =
        #"mutation { deleteAgreement(connectedOrgId: "9133da7c-3b98-4673-91dc-0dc58cc8740c") }"#

    private func storedFiles(_ environment: DevelopmentEnvironment) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: environment.storageDirectory).sorted()
    }
}
