import AccordDevelopment
import AccordServer
import Configuration
import Foundation
import S3

extension ServerConfiguration {
    /// The settings of a server in a development environment.
    ///
    /// They go the way that everybody's settings go, so that they are checked like them.
    init(
        development environment: DevelopmentEnvironment, host: String, port: Int, bucket: S3Configuration?
    ) throws {
        let settings = [
            "ACCORD_ENV": "development",
            "ACCORD_HOST": host,
            "ACCORD_PORT": String(port),
            "ACCORD_DATABASE_URL": environment.centralDatabaseURL,
            "ACCORD_JWKS_FILE": environment.jwksFile,
            "ACCORD_JWT_ISSUER": environment.issuer,
            "ACCORD_STORAGE": "directory",
            "ACCORD_STORAGE_DIRECTORY": environment.storageDirectory,
            "ACCORD_STORAGE_SECRET": environment.linkSigningSecret,
            "ACCORD_SHUTDOWN_SECONDS": "3",
        ]
        let values = settings.map { (SettingsReader.key($0.key), ConfigValue(.string($0.value), isSecret: true)) }
        try self.init(ConfigReader(provider: InMemoryProvider(values: Dictionary(uniqueKeysWithValues: values))))
        if let bucket { storage = .s3(bucket) }
        playgroundSettings = try PlaygroundSettings(environment).json()
    }
}

/// What the playground page is told, to sign in as the demo's users and to try the three requests.
private struct PlaygroundSettings: Encodable {
    struct User: Encodable {
        let label: String
        let token: String
    }

    struct Example: Encodable {
        let title: String
        let document: String
    }

    let title = "Accord"
    let users: [User]
    let examples = [
        Example(title: "Connections", document: Requests.connections),
        Example(title: "Upload an agreement", document: Requests.upload),
        Example(title: "Delete an agreement", document: Requests.delete),
    ]

    init(_ environment: DevelopmentEnvironment) throws {
        users = try environment.data.customers.flatMap { customer in
            try customer.users.map { user in
                User(
                    label: "\(user.email) (\(user.role))",
                    token: try environment.tokens.token(for: user, of: customer))
            }
        }
    }

    func json() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}
