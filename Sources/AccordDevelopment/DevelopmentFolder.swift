import AccordAdapters
import Foundation

/// The places inside of a data folder.
///
/// The folder may hold other things too: only these are ever deleted.
struct DevelopmentFolder: Sendable {
    let path: String

    init(_ path: String) {
        self.path = path.absolutePath
    }

    /// The private PostgreSQL cluster.
    var cluster: String { "\(path)/postgresql" }
    /// The signing key and the key set.
    var keys: String { "\(path)/keys" }
    /// The files of the directory storage.
    var agreements: String { "\(path)/agreements" }
    private var secretsFile: String { "\(path)/secrets.json" }

    /// What is made up at the first start and needed again at the next.
    struct Secrets: Codable {
        var ownerPassword = RandomSecret.make()
        var applicationPassword = RandomSecret.make()
        var linkSigningSecret = RandomSecret.make()
    }

    /// Makes the folder, for its owner only, if there is none.
    func create() throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw DevelopmentError.unusableData("The folder \(path) can't be made: \(error)")
        }
    }

    /// Deletes everything that an earlier start has made, except for the lock.
    func reset() async throws {
        try await PostgreSQLCluster.delete(cluster)
        let files = FileManager.default
        for item in [keys, agreements, secretsFile] where files.fileExists(atPath: item) {
            try files.removeItem(atPath: item)
        }
    }

    /// The secrets, made at the first call.
    func secrets() throws -> Secrets {
        let file = URL(filePath: secretsFile)
        if FileManager.default.fileExists(atPath: secretsFile) {
            do {
                return try JSONDecoder().decode(Secrets.self, from: Data(contentsOf: file))
            } catch {
                throw DevelopmentError.unusableData("\(secretsFile) is damaged. Start again with --reset.")
            }
        }
        let secrets = Secrets()
        let draft = URL(filePath: "\(secretsFile).new")
        try JSONEncoder().encode(secrets).write(to: draft)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: draft.path)
        try FileManager.default.moveItem(at: draft, to: file)
        return secrets
    }
}
