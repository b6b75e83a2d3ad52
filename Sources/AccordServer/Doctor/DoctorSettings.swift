import AccordAPI
import Configuration
import GraphQLHTTP
import PostgreSQL

/// The settings, part by part: what is wrong with one doesn't keep the others from being checked.
struct DoctorSettings: Sendable {
    /// A sentence for each that is missing or malformed.
    let problems: [String]
    /// Nil where the settings can't be used, here and below.
    let database: PostgreSQLEndpoint?
    let organizationsDatabase: PostgreSQLEndpoint?
    /// The setting of a database that can't be used; nil when all can.
    let unusableDatabase: String?
    let databaseConnections: Int?
    let pooling: ServerPooling
    let keys: ServerConfiguration.Keys?
    let issuers: [String]
    let storage: ServerConfiguration.Storage?
    let maximumFileBytes: Int?
    let temporaryDirectory: String
    let address: (host: String, port: Int)?
    let operationsAddress: (host: String, port: Int)?
    /// The files of the certificate and its key; nil without encryption.
    let certificate: String?

    init(_ config: ConfigReader) {
        func part<Value>(_ read: (inout SettingsReader) -> Value?) -> Value? {
            var settings = SettingsReader(config)
            let value = read(&settings)
            return settings.problems.isEmpty ? value : nil
        }
        do throws(ConfigurationErrors) {
            problems = Self.problems(of: try ServerConfiguration(config))
        } catch {
            problems = error.problems
        }
        let settings = SettingsReader(config)
        database = part { $0.centralDatabase() }
        organizationsDatabase = part { $0.organizationsDatabase() }
        let hasOrganizations = settings.text("ACCORD_ORGS_DATABASE_URL") != nil
        unusableDatabase =
            database == nil
            ? "ACCORD_DATABASE_URL"
            : hasOrganizations && organizationsDatabase == nil ? "ACCORD_ORGS_DATABASE_URL" : nil
        databaseConnections = part { $0.databaseConnections() }
        pooling = part { $0.choice("ACCORD_DATABASE_POOLER", default: .none) } ?? .none
        keys = part { $0.keys() }
        issuers = settings.list("ACCORD_JWT_ISSUER")
        storage = part { $0.storage() }
        maximumFileBytes = part { $0.maximumFileBytes() }
        temporaryDirectory = settings.temporaryDirectory()
        address = part { $0.listeningAddress() }
        operationsAddress = part { $0.operationsAddress() }
        certificate = settings.text("ACCORD_TLS_CERTIFICATE")
    }

    /// What only shows with the schema.
    private static func problems(of configuration: ServerConfiguration) -> [String] {
        guard case .trusted(let documents) = configuration.http.documents else { return [] }
        do {
            try documents.check(with: API.makeSchema(limits: configuration.limits, planCacheBytes: 0))
            return []
        } catch {
            return ["ACCORD_TRUSTED_DOCUMENTS can't be used: \(error)"]
        }
    }
}
