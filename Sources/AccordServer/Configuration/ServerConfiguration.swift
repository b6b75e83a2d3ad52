package import Configuration
import Curl
package import GraphQL
package import GraphQLHTTP
package import NIOSSL
package import PostgreSQL
package import S3

/// All settings of a server, checked. `docs/configuration.md` lists them.
package struct ServerConfiguration: Sendable {
    /// The address to listen on.
    package var host: String
    /// 0 lets the system pick one.
    package var port: Int
    /// Where operators and their programs ask how the server is; nil is nowhere.
    package var operationsAddress: (host: String, port: Int)?
    /// Whether everyone may read the metrics, at the server's own address.
    package var metricsAreOpen: Bool
    /// What connections are encrypted with; nil leaves that to a proxy.
    package var tls: TLSConfiguration?
    /// How long a connection may be without a request: that is also how long a request's head, and the greetings of TLS,
    /// may take.
    package var idleTime: Duration
    /// Where clients reach the server, without a slash at the end; nil is the address it listens on.
    package var publicURL: String?
    /// The central database.
    package var database: PostgreSQLEndpoint
    /// The database of the schema `subscription`, when it is another one.
    package var organizationsDatabase: PostgreSQLEndpoint?
    /// How many database connections the process may have.
    package var databaseConnections: Int
    /// Of these, to the databases of one server; nil for as many as there may be.
    package var databaseConnectionsPerServer: Int?
    /// What stands between this process and the database servers.
    package var databasePooling: ServerPooling
    /// How many tenants and how many users are kept in memory, at most; 0 for none.
    package var cacheEntries: Int
    /// Where changes in the two databases are listened for, when not where look-ups are made.
    package var listening: (central: PostgreSQLEndpoint?, organizations: PostgreSQLEndpoint?)
    /// Where the keys are that tokens are verified against.
    package var keys: Keys
    /// The issuers and audiences of tokens; any, when empty.
    package var issuers: [String]
    package var audiences: [String]
    /// Where files are kept.
    package var storage: Storage
    /// How many files of agreements may be on their way to clients at a time.
    package var maximumDownloads: Int
    /// The largest agreement, in bytes.
    package var maximumFileBytes: Int
    /// How often unfinished changes are looked for; nil is never.
    package var recoveryInterval: Duration?
    /// How long a request to the storage may take effect after nobody waits for it any more.
    package var recoveryWatchTime: Duration
    /// Of how many ended versions of each agreement the files are kept.
    package var keptVersions: Int
    /// When the audit log is written.
    package var audit: AuditMode
    /// Whose word is taken for where requests come from.
    package var trustedProxies: [IPNetwork]
    /// Where uploads are while they arrive.
    package var temporaryDirectory: String
    /// How long a download link works when the request doesn't say.
    package var linkLifetime: Duration
    /// The web pages that may call the server from a browser; `*` is any.
    package var allowedOrigins: [String]
    /// Whether clients may read the schema.
    package var allowsIntrospection: Bool
    /// What an HTTP request may be like. What other settings say too is not in it.
    package var http: GraphQLHTTPConfiguration
    /// How many requests a minute a user may make, and all users of a tenant together; nil is no limit.
    package var userRequestsPerMinute: Int?
    package var tenantRequestsPerMinute: Int?
    /// What a GraphQL request may cost.
    package var limits: Limits
    /// How much memory prepared operations may take, in bytes; 0 keeps none.
    package var planCacheBytes: Int
    /// JSON for the playground page; nil switches it off.
    package var playgroundSettings: String?
    /// How long running requests may take when the server is stopped.
    package var shutdownTime: Duration
    package var log: LogConfiguration

    /// Where the keys of tokens come from.
    package enum Keys: Sendable {
        case url(String)
        case file(String)
    }

    /// Where files are kept.
    package enum Storage: Sendable {
        case s3(S3Configuration)
        /// A folder, whose links are signed with the secret.
        case directory(folder: String, secret: String)
    }

    private enum Environment: String, CaseIterable { case development, production }

    /// Reads and checks the settings of a server.
    ///
    /// - Throws: `ConfigurationErrors` with everything that is missing or malformed.
    package init(_ config: ConfigReader) throws(ConfigurationErrors) {
        var settings = SettingsReader(config)
        let environment: Environment = settings.choice("ACCORD_ENV", default: .production)
        let isDevelopment = environment == .development

        (host, port) = settings.listeningAddress()
        operationsAddress = settings.operationsAddress()
        metricsAreOpen = isDevelopment
        tls = settings.tls()
        idleTime = .seconds(settings.integer("ACCORD_IDLE_SECONDS", default: 60, in: 1...3_600))
        publicURL = settings.publicURL()
        let database = settings.centralDatabase()
        organizationsDatabase = settings.organizationsDatabase()
        databaseConnections = settings.databaseConnections()
        databaseConnectionsPerServer = settings.text("ACCORD_DATABASE_CONNECTIONS_PER_SERVER").map { _ in
            settings.integer("ACCORD_DATABASE_CONNECTIONS_PER_SERVER", default: 2, in: 2...10_000)
        }
        databasePooling = settings.choice("ACCORD_DATABASE_POOLER", default: .none)
        cacheEntries = settings.integer("ACCORD_CACHE_ENTRIES", default: 10_000, in: 0...10_000_000)
        listening.central = settings.text("ACCORD_LISTEN_DATABASE_URL").flatMap {
            settings.endpoint("ACCORD_LISTEN_DATABASE_URL", $0)
        }
        listening.organizations = settings.text("ACCORD_LISTEN_ORGS_DATABASE_URL").flatMap {
            settings.endpoint("ACCORD_LISTEN_ORGS_DATABASE_URL", $0)
        }
        let keys = settings.keys()
        issuers = settings.list("ACCORD_JWT_ISSUER")
        audiences = settings.list("ACCORD_JWT_AUDIENCE")
        let storage = settings.storage()
        maximumDownloads = settings.integer("ACCORD_MAX_DOWNLOADS", default: 64, in: 1...10_000)
        maximumFileBytes = settings.maximumFileBytes()
        recoveryInterval = settings.numberOrOff("ACCORD_RECOVERY_SECONDS", default: 60).map { .seconds($0) }
        recoveryWatchTime = settings.recoveryWatchTime(storage)
        keptVersions = settings.keptVersions()
        audit = settings.choice("ACCORD_AUDIT", default: .batched)
        trustedProxies = settings.networks("ACCORD_TRUSTED_PROXIES")
        temporaryDirectory = settings.temporaryDirectory()
        linkLifetime = .seconds(settings.integer("ACCORD_LINK_SECONDS", default: 3_600, in: 1...86_400))
        allowedOrigins = settings.list("ACCORD_CORS_ORIGINS")
        allowsIntrospection = settings.boolean("ACCORD_INTROSPECTION", default: isDevelopment)
        http = settings.http()
        userRequestsPerMinute = settings.numberOrOff(
            "ACCORD_USER_REQUESTS_PER_MINUTE", default: isDevelopment ? nil : 6_000)
        tenantRequestsPerMinute = settings.numberOrOff(
            "ACCORD_TENANT_REQUESTS_PER_MINUTE", default: isDevelopment ? nil : 60_000)
        limits = settings.limits()
        planCacheBytes = settings.integer("ACCORD_PLAN_CACHE_BYTES", default: 8 << 20, in: 0...(1 << 40))
        playgroundSettings = settings.boolean("ACCORD_PLAYGROUND", default: isDevelopment) ? "{}" : nil
        shutdownTime = .seconds(settings.integer("ACCORD_SHUTDOWN_SECONDS", default: 20, in: 0...3_600))

        log = LogConfiguration(&settings)

        guard settings.problems.isEmpty, let database, let keys, let storage else {
            throw ConfigurationErrors(problems: settings.problems)
        }
        self.database = database
        self.keys = keys
        self.storage = storage
    }
}

extension ServerConfiguration {
    /// Who may call from a browser.
    var cors: CORSPolicy {
        CORSPolicy(origins: allowedOrigins.contains("*") ? .any : .only(Set(allowedOrigins)))
    }
}

extension SettingsReader {
    fileprivate mutating func publicURL() -> String? {
        guard var url = text("ACCORD_PUBLIC_URL") else { return nil }
        while url.hasSuffix("/") { url.removeLast() }
        guard url.hasPrefix("http://") || url.hasPrefix("https://") else {
            report("ACCORD_PUBLIC_URL must begin with http:// or https://, not \"\(url)\".")
            return nil
        }
        return url
    }

    /// Networks of addresses, separated by commas.
    fileprivate mutating func networks(_ name: String) -> [IPNetwork] {
        var networks: [IPNetwork] = []
        for text in list(name) {
            guard let network = IPNetwork(text) else {
                report("\(name) must be addresses and networks such as 10.0.0.0/8, not \"\(text)\".")
                continue
            }
            networks.append(network)
        }
        return networks
    }

    /// The endpoint of a database URL; nil, with a problem noted, when it is none. An absent one is noted already.
    mutating func endpoint(_ name: String, _ url: String) -> PostgreSQLEndpoint? {
        url.isEmpty ? nil : parsed(name) { try PostgreSQLEndpoint(url: url) }
    }

    mutating func centralDatabase() -> PostgreSQLEndpoint? {
        endpoint("ACCORD_DATABASE_URL", required("ACCORD_DATABASE_URL", "the URL of the central database"))
    }

    mutating func organizationsDatabase() -> PostgreSQLEndpoint? {
        text("ACCORD_ORGS_DATABASE_URL").flatMap { endpoint("ACCORD_ORGS_DATABASE_URL", $0) }
    }

    mutating func databaseConnections() -> Int {
        integer("ACCORD_DATABASE_CONNECTIONS", default: 20, in: 2...10_000)
    }

    mutating func maximumFileBytes() -> Int {
        integer("ACCORD_MAX_FILE_BYTES", default: 52_428_800, in: 1...Int(Int32.max))
    }

    /// Twice as long as a call to the storage may take, at least: it may still be sent when the waiting begins, and be
    /// carried out after it was given up.
    mutating func recoveryWatchTime(_ storage: ServerConfiguration.Storage?) -> Duration {
        let longest = if case .s3(let bucket)? = storage { Int(bucket.timeouts.total.components.seconds) } else { 1 }
        let seconds = integer("ACCORD_RECOVERY_WATCH_SECONDS", default: max(300, 2 * longest), in: 1...86_400)
        if seconds < 2 * longest {
            report(
                """
                ACCORD_RECOVERY_WATCH_SECONDS (\(seconds)) must not be less than twice ACCORD_STORAGE_SECONDS (\(longest)).
                """)
        }
        return .seconds(seconds)
    }

    mutating func keptVersions() -> Int { integer("ACCORD_KEEP_VERSIONS", default: 0, in: 0...10_000) }

    func temporaryDirectory() -> String { text("ACCORD_TEMPORARY_DIRECTORY") ?? "/tmp" }

    mutating func keys() -> ServerConfiguration.Keys? {
        switch (text("ACCORD_JWKS_URL"), text("ACCORD_JWKS_FILE")) {
        case (let url?, nil): return .url(url)
        case (nil, let file?): return .file(file)
        case (nil, nil):
            report("ACCORD_JWKS_URL or ACCORD_JWKS_FILE is missing: the keys that tokens are verified against.")
        case (_?, _?):
            report("Set ACCORD_JWKS_URL or ACCORD_JWKS_FILE, not both.")
        }
        return nil
    }

    mutating func storage() -> ServerConfiguration.Storage? {
        let kind: StorageKind = choice("ACCORD_STORAGE", default: .s3)
        return kind == .s3 ? s3().map { .s3($0) } : directory()
    }

    private enum StorageKind: String, CaseIterable { case s3, directory }

    private mutating func directory() -> ServerConfiguration.Storage? {
        let folder = required("ACCORD_STORAGE_DIRECTORY", "the folder of the directory storage")
        let secret = required("ACCORD_STORAGE_SECRET", "what the links of the directory storage are signed with")
        guard secret.isEmpty || secret.utf8.count >= 32 else {
            report("ACCORD_STORAGE_SECRET must have at least 32 bytes.")
            return nil
        }
        return .directory(folder: folder, secret: secret)
    }
}
