import AccordDevelopment
import Foundation

/// A database of one suite's or one test's own in `TestCluster`.
package struct TestDatabase: Sendable {
    package let name: String
    /// As the application's role: no superuser, owner of nothing, subject to row-level security. In an empty database
    /// it may do nothing; in a migrated one, what the migrations granted it.
    package let url: String
    /// As the role that owns the database, no superuser either: for tables of a test's own, and for setting the scenery.
    package let ownerURL: String

    /// Makes an empty database.
    package static func empty() async throws -> TestDatabase {
        try await copy(of: "template1")
    }

    /// Makes a database with all that another one has. Nobody may be connected to that one.
    package static func copy(of template: String) async throws -> TestDatabase {
        let roles = try await TestCluster.shared
        let name = "test_\(UUID().uuidString.lowercased())"
        try await roles.createDatabase(name, like: template)
        return TestDatabase(
            name: name, url: roles.applicationURL(database: name), ownerURL: roles.ownerURL(database: name))
    }

    /// Deletes it, cutting off who is connected. Without that it goes with the cluster, at the end of the process.
    package func drop() async throws {
        try await TestCluster.shared.cluster.dropDatabase(name)
    }
}
