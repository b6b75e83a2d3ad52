package import AccordDevelopment
import Foundation
import Synchronization

/// The one private PostgreSQL of a test process, started when the first test asks for it.
///
/// It stops with the process: in order when that ends by itself, by the parent-death signal when it is killed. The
/// folders of killed ones are swept away by the next.
package enum TestCluster {
    /// The cluster with its two roles.
    ///
    /// - Throws: `DevelopmentError` when PostgreSQL is missing or does not start.
    package static var shared: ClusterRoles {
        get async throws { try await starting.value }
    }

    /// The address for making tenants, as the role that `docs/tenants.md` asks for: it may make databases and roles, has
    /// what the owner of databases has, and is no superuser.
    package static func administratorURL(database: String) async throws -> String {
        try await shared.cluster.url(database: database, role: administrator, password: administrator)
    }

    private static let administrator = "accord_administrator"
    private static let folderPrefix = "accord-tests-"

    // Unstructured, because it belongs to the process and not to the test that happened to be first.
    private static let starting = Task {
        sweep()
        let folder = FileManager.default.temporaryDirectory.appending(path: "\(folderPrefix)\(getpid())").path
        let cluster = try await PostgreSQLCluster.start(in: folder, durability: .disposable)
        leftAtExit.withLock { $0 = Left(folder: folder, server: cluster.processIdentifier) }
        atexit {
            TestCluster.leftAtExit.withLock { $0 }?.remove()
        }
        let roles = ClusterRoles(in: cluster, ownerPassword: "owner", applicationPassword: "application")
        try await roles.create()
        try await cluster.createRole(administrator, password: administrator)
        try await cluster.administer([
            "ALTER ROLE \(administrator) CREATEDB CREATEROLE", "GRANT accord_owner TO \(administrator)",
        ])
        return roles
    }

    private struct Left {
        var folder: String
        var server: pid_t

        /// Nothing of a disposable cluster is worth an orderly shutdown.
        func remove() {
            kill(server, SIGQUIT)
            for _ in 1...200 where kill(server, 0) == 0 { usleep(10_000) }
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    private static let leftAtExit = Mutex<Left?>(nil)

    private static func sweep() {
        let place = FileManager.default.temporaryDirectory
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        for name in names where name.hasPrefix(folderPrefix) {
            guard let process = pid_t(name.dropFirst(folderPrefix.count)), kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(at: place.appending(path: name))
        }
    }
}
