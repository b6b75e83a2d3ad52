import Configuration
import PostgreSQL

/// The settings, part by part: what is wrong with one doesn't keep the others from being checked.
struct DoctorSettings: Sendable {
    /// A sentence for each that is missing or malformed.
    let problems: [String]
    /// Nil where the settings can't be used, here and below.
    let database: PostgreSQLEndpoint?
    let organizationsDatabase: PostgreSQLEndpoint?
    let databaseConnections: Int?
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
            _ = try ServerConfiguration(config)
            problems = []
        } catch {
            problems = error.problems
        }
        let settings = SettingsReader(config)
        database = part { $0.centralDatabase() }
        organizationsDatabase = part { $0.organizationsDatabase() }
        databaseConnections = part { $0.databaseConnections() }
        keys = part { $0.keys() }
        issuers = settings.list("ACCORD_JWT_ISSUER")
        storage = part { $0.storage() }
        maximumFileBytes = part { $0.maximumFileBytes() }
        temporaryDirectory = settings.temporaryDirectory()
        address = part { $0.listeningAddress() }
        operationsAddress = part { $0.operationsAddress() }
        certificate = settings.text("ACCORD_TLS_CERTIFICATE")
    }
}
