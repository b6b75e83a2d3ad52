import AccordCore
import Logging
import PostgreSQL

extension AccordError {
    /// Translates what a database threw, and logs it: the cause goes no further than the log.
    init(_ error: any Error, in endpoint: PostgreSQLEndpoint, _ logger: Logger) {
        // Thrown by a port below, and logged there.
        if let error = error as? AccordError {
            self = error
            return
        }
        self = Self.meaning(of: error)
        var metadata: Logger.Metadata = ["database": "\(endpoint.database)", "cause": "\(error)"]
        if let state = (error as? PostgreSQLError)?.sqlState {
            metadata["sqlstate"] = "\(state.rawValue)"
        }
        // Nobody needs to be woken because a client went away.
        let level: Logger.Level = self == .timeout ? .notice : .error
        logger.log(level: level, "A database statement failed", metadata: metadata)
    }

    private static func meaning(of error: any Error) -> AccordError {
        if error is CancellationError { return .timeout }
        return switch error as? PostgreSQLError {
        case .connectionFailed, .connectionLost, .poolTimeout: .databaseUnavailable
        case .cancelled: .timeout
        case .server(let error): meaning(of: error.sqlState)
        case .decoding, .invalidURL, nil: .internalError
        }
    }

    /// PostgreSQL documentation, appendix A: classes 08 (connection exception), 53 (insufficient resources), 57P
    /// (shutting down, starting up, database dropped) and 58 (system error) are a server that can't serve now, as is a
    /// read-only standby.
    private static func meaning(of state: SQLState) -> AccordError {
        if [SQLState.queryCanceled, .lockNotAvailable].contains(state) { return .timeout }
        // The server names only what its migrations make: where that is missing, so are they.
        if [SQLState.undefinedTable, .undefinedColumn, .invalidSchemaName].contains(state) { return .databaseBehind }
        let isUnavailable =
            state == .readOnlySQLTransaction || ["08", "53", "57P", "58"].contains { state.rawValue.hasPrefix($0) }
        return isUnavailable ? .databaseUnavailable : .internalError
    }
}
