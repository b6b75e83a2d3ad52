/// What can go wrong when a development environment or a private PostgreSQL is started.
///
/// Its description is a message for the person at the terminal, with what to do next.
package enum DevelopmentError: Error, Sendable {
    /// PostgreSQL's server programs are nowhere on this machine, or not in the version the data was made with.
    case postgreSQLNotFound(version: String?)
    /// A program could not be started, or ended with another status than 0.
    case programFailed(name: String, output: String)
    /// PostgreSQL ended, or was not ready in time; `log` holds the last lines it wrote.
    case clusterDidNotStart(log: String)
    /// Another `accord dev` uses the data folder.
    case folderInUse(folder: String)
    /// What the data folder holds can't be used.
    case unusableData(String)
}

extension DevelopmentError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .postgreSQLNotFound(nil):
            """
            PostgreSQL's programs (initdb, postgres, psql) were not found, neither through pg_config nor in \
            /usr/lib/postgresql. Install them: apt-get install postgresql
            """
        case .postgreSQLNotFound(let version?):
            """
            The data was made by PostgreSQL \(version), whose programs are not installed. Install \
            postgresql-\(version), or start again with an empty folder (--reset).
            """
        case .programFailed(let name, let output):
            "\(name) failed:\n\(output)"
        case .clusterDidNotStart(let log):
            "PostgreSQL did not start. The end of its log:\n\(log)"
        case .folderInUse(let folder):
            "Another accord dev is using \(folder). Stop it first, or choose another folder with --data."
        case .unusableData(let explanation):
            explanation
        }
    }
}
