package import Foundation

/// What a running development server tells tests, benchmarks and front-end projects about itself.
package struct ReadyFile: Codable, Hashable, Sendable {
    package struct Tenant: Codable, Hashable, Sendable {
        package var name: String
        /// Its short name, the first component of its object keys.
        package var url: String
        /// The `org_id` of its users' tokens.
        package var orgId: String
        package var databaseURL: String
        /// The UUID of its organization in `subscription.orgs`.
        package var organizationId: String
        package var users: [User]
        package var connections: [Connection]
    }

    package struct User: Codable, Hashable, Sendable {
        package var email: String
        package var role: String
        package var token: String
    }

    package struct Connection: Codable, Hashable, Sendable {
        /// The UUID of the organization at the other end.
        package var orgId: String
        package var name: String
        /// `PENDING`, `ACCEPTED` or `DECLINED`.
        package var status: String
    }

    /// Where the server answers, without a path.
    package var url: String
    package var graphqlURL: String
    /// As the owner, for those who want to change a connection. The server's own role sees only what row-level security
    /// lets it see, and writes nothing there.
    package var centralDatabaseURL: String
    package var processId: Int32
    package var tenants: [Tenant]

    /// The file's content.
    package func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self) + Data("\n".utf8)
    }

    /// Writes the file for its owner only, since it holds tokens and passwords; whoever waits for it sees it whole.
    ///
    /// - Throws: `DevelopmentError.unusableData` when the place can't be written.
    package func write(to path: String) throws {
        let draft = "\(path).\(processId).new"
        do {
            try encoded().write(to: URL(filePath: draft))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft)
            try Self.remove(path)
            try FileManager.default.moveItem(atPath: draft, toPath: path)
        } catch {
            throw DevelopmentError.unusableData("The ready file \(path) can't be written: \(error)")
        }
    }

    /// Makes sure that the file can be written later, and removes that of an earlier run, so that nobody takes it for this
    /// one's.
    ///
    /// - Throws: `DevelopmentError.unusableData` when its folder is missing or can't be written.
    package static func prepare(_ path: String) throws {
        let folder = URL(filePath: path).deletingLastPathComponent().path
        guard FileManager.default.isWritableFile(atPath: folder) else {
            throw DevelopmentError.unusableData("The ready file can't be written: there is no folder \(folder).")
        }
        try remove(path)
    }

    /// Removes the file; fine if there is none.
    package static func remove(_ path: String) throws {
        guard FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.removeItem(atPath: path)
    }
}
