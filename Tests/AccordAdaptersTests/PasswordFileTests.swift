import AccordDevelopment
import Foundation
import PostgreSQL
import TestSupport
import Testing

@testable import AccordAdapters

/// The file that libpq finds passwords in.
@Suite(.timeLimit(.minutes(1)))
struct PasswordFileTests {
    /// Lends a path in a folder that is removed afterwards, with a file of this text unless it is nil.
    private func withFile(_ text: String?, _ body: (String) async throws -> Void) async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "accord-passwords-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        if let text {
            try Data(text.utf8).write(to: URL(filePath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        }
        try await body(path)
    }

    @Test(
        arguments: [
            ("db.example:5433:acme:app:one\n", "one"),
            ("# a comment\n\nother:5433:acme:app:zero\ndb.example:5433:acme:app:one\n*:*:*:*:two\n", "one"),
            ("*:*:*:*:two\ndb.example:5433:acme:app:one\n", "two"),
            (#"db.example:*:acme:app:a\:b\\c:rest"# + "\n", #"a:b\c"#),
        ])
    func `the first line that fits has the password, and nothing is added`(text: String, password: String) async throws
    {
        try await withFile(text) { path in
            let endpoint = try PostgreSQLEndpoint(url: "postgresql://app:new@db.example:5433/acme")
            #expect(try PasswordFile(path: path).password(of: endpoint) == password)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        }
    }

    @Test(
        arguments: [
            (nil, "postgresql://app:new@db.example/acme", "db.example:5432:acme:app:new\n"),
            ("x:1:y:z:p", "postgresql://app:new@db.example/acme", "x:1:y:z:p\ndb.example:5432:acme:app:new\n"),
            (nil, "postgresql://app:a%3Ab%5Cc@h:1/acme", #"h:1:acme:app:a\:b\\c"# + "\n"),
            (nil, "postgresql://app:new@/acme?host=/run/pg&port=7", "*:7:acme:app:new\n"),
            (nil, "postgresql://app:new@a:1,b:2/acme", "*:*:acme:app:new\n"),
            ("x:1:y:z:p\n", "postgresql://app@db.example/acme", "x:1:y:z:p\n"),
        ] as [(String?, String, String)])
    func `a password that the file has not is added`(text: String?, url: String, expected: String) async throws {
        try await withFile(text) { path in
            let endpoint = try PostgreSQLEndpoint(url: url)
            #expect(try PasswordFile(path: path).password(of: endpoint) == endpoint.password)
            #expect(try PasswordFile(path: path).password(of: endpoint) == endpoint.password)
            #expect((try? String(contentsOfFile: path, encoding: .utf8)) == expected)
        }
    }

    @Test func `libpq reads what was written`() async throws {
        let cluster = try await TestCluster.shared.cluster
        let role = "reader_\(UUID().uuidString.prefix(8).lowercased())"
        try await cluster.administer([#"CREATE ROLE \#(role) LOGIN PASSWORD 'a:b\c#"d'"#])
        try await withFile("# none yet") { path in
            let endpoint = try PostgreSQLEndpoint(
                url: "postgresql://\(role):a%3Ab%5Cc%23%22d@127.0.0.1:\(cluster.port)/postgres?passfile=\(path)")
            _ = try PasswordFile(path: path).password(of: endpoint)
            try await withPool { pool in
                let user = try await pool.withConnection(to: endpoint.withoutPassword) { connection in
                    try await connection.query("SELECT current_user::text").first?.decode(String.self, 0)
                }
                #expect(user == role)
            }
        }
        try await cluster.administer(["DROP ROLE \(role)"])
    }
}
