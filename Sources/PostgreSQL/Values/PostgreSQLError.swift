/// Why the database could not do what was asked.
///
/// No case ever carries a password. The texts are for the log, in the server's or libpq's words; they name hosts,
/// tables and columns, so they are not for a client.
@usableFromInline package enum PostgreSQLError: Error, Hashable, Sendable {
    /// The server refused the statement. The connection goes on working.
    case server(ServerError)
    /// No connection could be made: host, port, password, database name, or nobody answered in time.
    case connectionFailed(String)
    /// The connection broke. Whether a statement that was under way took effect is not known.
    case connectionLost(String)
    /// The pool's budget was spent and nobody gave a connection back in time.
    case poolTimeout
    /// The task was cancelled.
    case cancelled
    /// A column isn't there, is NULL, or holds another type than the one asked for.
    case decoding(String)
    /// The address isn't one; the text says why without repeating it.
    case invalidURL(String)
}

extension PostgreSQLError {
    /// The server's code, where the server refused a statement.
    package var sqlState: SQLState? {
        guard case .server(let error) = self else { return nil }
        return error.sqlState
    }
}

extension PostgreSQLError: CustomStringConvertible {
    @usableFromInline package var description: String {
        switch self {
        case .server(let error): error.description
        case .connectionFailed(let reason): "no connection to the database: \(reason)"
        case .connectionLost(let reason): "the connection to the database was lost: \(reason)"
        case .poolTimeout: "no database connection became free in time"
        case .cancelled: "the task was cancelled"
        case .decoding(let reason): "unexpected result: \(reason)"
        case .invalidURL(let reason): "not a usable database URL: \(reason)"
        }
    }
}
