import AccordAdapters
import PostgreSQL

/// What looking into one database came to.
struct DatabaseExamination: Sendable {
    let target: MigrationTarget
    let result: Result<DatabaseInspection, any Error>

    /// Looks into a database until a deadline.
    static func run(
        _ target: MigrationTarget, with inspector: DatabaseInspector, by deadline: ContinuousClock.Instant
    ) async -> DatabaseExamination {
        let result = await answer(by: deadline) { () async -> Result<DatabaseInspection, any Error> in
            do {
                return .success(try await inspector.inspect(target))
            } catch {
                return .failure(error)
            }
        }
        return DatabaseExamination(target: target, result: result ?? .failure(NoAnswer()))
    }

    var inspection: DatabaseInspection? { try? result.get() }

    /// Where it is, for people.
    var place: String { target.endpoint.map { "\($0)" } ?? "no address" }

    /// The server that it is on.
    var server: String {
        guard let endpoint = target.endpoint else { return "" }
        return endpoint.port.isEmpty ? endpoint.host : "\(endpoint.host):\(endpoint.port)"
    }
}

/// A database that a deadline was not long enough for.
struct NoAnswer: Error, CustomStringConvertible {
    let description = "the server did not answer in time"
}

/// Why a database can't be reached, and what mends it.
struct Unreachability {
    /// In the words of libpq or the server.
    let reason: String
    let remedy: String

    /// - Parameters:
    ///   - error: what was thrown.
    ///   - endpoint: where the database should be.
    ///   - setting: what says so.
    init(_ error: any Error, at endpoint: PostgreSQLEndpoint?, saidBy setting: String) {
        reason = "\(error)".hidingPasswords.replacing("no connection to the database: ", with: "")
        guard let endpoint else {
            remedy = "Correct \(setting): postgresql://USER:PASSWORD@HOST:5432/DATABASE."
            return
        }
        let text = reason.lowercased()
        // PostgreSQL has no code for what happens before a session; its messages are in English unless told otherwise.
        let remedies: [(sign: String, remedy: String)] = [
            (
                "unsupported startup parameter",
                "Set ACCORD_DATABASE_POOLER=transaction: a pooler such as PgBouncer answers there."
            ),
            ("has no address", "Correct the host in \(setting)."),
            (
                "password",
                "Correct the user and the password in \(setting), or run: ALTER ROLE \(endpoint.user) PASSWORD …;"
            ),
            (
                "role \"",
                "Correct the user in \(setting), or make the role: CREATE ROLE \(endpoint.user) LOGIN PASSWORD …;"
            ),
            ("database \"\(endpoint.database.lowercased())\" does not exist", "Correct the database in \(setting)."),
            (
                "permission denied for database",
                "Run: GRANT CONNECT ON DATABASE \(endpoint.database) TO \(endpoint.user);"
            ),
            ("pg_hba.conf", "Let pg_hba.conf admit \(endpoint.user) from here, or correct \(setting)."),
            ("too many", "Raise max_connections of the server, or its limits for the role and the database."),
            ("connection slots", "Raise max_connections of the server."),
            ("certificate", "Correct sslmode and sslrootcert in \(setting)."),
            ("ssl", "Correct sslmode in \(setting)."),
            ("starting up", "Wait until the server has started."),
            ("refused", "Start PostgreSQL there, or correct the host and the port in \(setting)."),
            ("no such file", "Start PostgreSQL there, or correct the host in \(setting)."),
            (
                "in time",
                "Open the way to the server (firewall, route), or correct the host and the port in \(setting)."
            ),
        ]
        remedy = remedies.first { text.contains($0.sign) }?.remedy ?? "Correct \(setting)."
    }
}
