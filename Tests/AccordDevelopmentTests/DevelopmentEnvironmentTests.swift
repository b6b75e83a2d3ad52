import AccordCore
import AccordDevelopment
import Foundation
import Identity
import Logging
import Synchronization
import TestSupport
import Testing

struct DevelopmentEnvironmentTests {
    @Test func `a first start makes the whole demo, a second finds it as people left it`() async throws {
        try await withTemporaryFolder { folder in
            let storage = RecordingStorage()
            let first = try await start(in: folder)
            try await first.seed(into: storage)
            let ready = try await first.readyFile(url: "http://127.0.0.1:8080")
            let cluster = first.roles.cluster
            try await cluster.administer(
                ["UPDATE subscription.connections SET status = 'active' WHERE status = 'pending'"],
                in: "accord_central")
            try await cluster.administer(
                ["DELETE FROM connect_pos.agreements WHERE file_name LIKE 'Distribution%'"], in: "accord_brightwater")
            await first.stop()
            #expect(storage.keys.count == 4)
            #expect(ready.tenants.map(\.connections.count) == [7, 7])

            let other = RecordingStorage()
            let second = try await start(in: folder)
            try await second.seed(into: other)
            let found = try await second.readyFile(url: "http://127.0.0.1:8080")
            await second.stop()
            // The agreement that was deleted stays so; the connections stay accepted; the keys are the same.
            #expect(other.keys == storage.keys.filter { !$0.contains("Distribution") })
            #expect(!found.tenants.flatMap(\.connections).contains { $0.status == "PENDING" })
            #expect(second.keys.keyID == first.keys.keyID)
            #expect(second.centralDatabaseURL == first.centralDatabaseURL)

            let third = try await start(in: folder, reset: true)
            try await third.seed(into: storage)
            let afresh = try await third.readyFile(url: "http://127.0.0.1:8080")
            await third.stop()
            #expect(afresh.tenants.map(\.connections) == ready.tenants.map(\.connections))
            #expect(third.keys.keyID != first.keys.keyID)
        }
    }

    @Test func `a second start on the same folder is refused while the first lives`() async throws {
        try await withTemporaryFolder { folder in
            let first = try await start(in: folder)
            let error = await #expect(throws: DevelopmentError.self) {
                try await start(in: folder, reset: true)
            }
            let answer = try await first.roles.cluster.administer(["SELECT 1"])
            await first.stop()
            #expect("\(error.map(String.init(describing:)) ?? "")".hasPrefix("Another accord dev is using "))
            #expect(answer == "1\n")
        }
    }

    @Test func `a demo user's token is one that the key set verifies`() async throws {
        try await withTemporaryFolder { folder in
            let keysFolder = "\(folder)/keys"
            let keys = try DevelopmentKeys.loaded(orMadeIn: keysFolder)
            let token = try DemoTokens(folder: folder).token(email: "adele.fontaine@brightwater.example")
            let verifier = AccessTokenVerifier(
                keys: .file(path: "\(keysFolder)/\(DevelopmentKeys.jwksFile)"), issuers: [DevelopmentKeys.issuer],
                audiences: [], logger: .quiet)
            try await verifier.loadKeys()
            let claims = try await verifier.verify(token)
            #expect(claims.organization == "org_01J8Q2V9Z4BRGHTWATER0CNTR1")
            #expect(claims.role == "admin")
            #expect(keys.keyID.isEmpty == false)
        }
    }

    @Test func `a token for an unknown user is refused with the names of those there are`() throws {
        let tokens = DemoTokens(.standard, keys: try DevelopmentKeys())
        let error = #expect(throws: DevelopmentError.self) { try tokens.token(email: "nobody@example.com") }
        #expect(error?.description.contains("  mina.takahashi@harborline.example (member)") == true)
    }

    @Test func `a ready file appears whole, for its owner only, in place of an old one`() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/ready.json"
            try Data("old".utf8).write(to: URL(filePath: path))
            let ready = try JSONDecoder().decode(ReadyFile.self, from: Data(Self.readyFile.utf8))
            try ready.write(to: path)
            let written = try JSONDecoder().decode(ReadyFile.self, from: Data(contentsOf: URL(filePath: path)))
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(written == ready)
            #expect(mode == 0o600)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["ready.json"])
        }
    }

    private func start(in folder: String, reset: Bool = false) async throws -> DevelopmentEnvironment {
        try await DevelopmentEnvironment.start(in: folder, reset: reset, durability: .disposable, logger: .quiet)
    }

    private static let readyFile = """
        {
          "url": "http://127.0.0.1:8080", "graphqlURL": "http://127.0.0.1:8080/graphql",
          "centralDatabaseURL": "postgresql://127.0.0.1/accord_central", "processId": 7,
          "tenants": [
            {
              "name": "Brightwater Controls", "url": "brightwater", "orgId": "org_01",
              "databaseURL": "postgresql://127.0.0.1/accord_brightwater",
              "organizationId": "38e3578f-c7b2-565d-8352-367e1771aae7",
              "users": [{"email": "vera.lindqvist@brightwater.example", "role": "viewer", "token": "e30.e30.e30"}],
              "connections": [
                {"orgId": "9133da7c-3b98-4673-91dc-0dc58cc8740c", "name": "Keystone Electric", "status": "ACCEPTED"}
              ]
            }
          ]
        }
        """
}

/// Remembers the keys it was given.
private final class RecordingStorage: ObjectStorage {
    private let stored = Mutex<[String]>([])

    var keys: [String] { stored.withLock { $0 } }

    func put(_ file: StoredFile, at key: ObjectKey, fileName: String) async throws(AccordError) -> Certainty {
        stored.withLock { $0.append(key.description) }
        return .certain
    }

    func head(_ key: ObjectKey) async throws(AccordError) -> StoredObject? { nil }

    func sha256(of key: ObjectKey) async throws(AccordError) -> String? { nil }

    func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Certainty? { nil }

    func list(
        _ prefix: String, from position: String?
    ) async throws(AccordError) -> (objects: [ListedObject], next: String?) { ([], nil) }

    func delete(_ key: ObjectKey) async throws(AccordError) -> Certainty { .certain }

    func open(_ key: ObjectKey, range: ClosedRange<Int>?) async throws(AccordError) -> StoredContent? { nil }

    func downloadURL(
        of key: ObjectKey, fileName: String, expiresIn: Duration, at time: Date
    ) throws(AccordError) -> String { "" }

    func linkLifetime(_ wanted: Duration, at time: Date) -> Duration { wanted }

    func checkReadiness() async throws(AccordError) {}
}
