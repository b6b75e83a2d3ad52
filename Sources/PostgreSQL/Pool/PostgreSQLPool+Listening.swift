extension PostgreSQLPool {
    /// Listens to channels of a database while the closure runs, on a connection of its own, beyond the pool's budget.
    ///
    /// The closure is lent the connection, and ends when it finds out by a statement that the connection is lost: nobody
    /// else tells it. When a statement of it has been answered, what was committed before that statement began has been
    /// notified.
    /// - Parameters:
    ///   - channels: Their names, without quotation marks.
    ///   - endpoint: The database, at the server itself. A pooler in between is refused: it may give the session to others
    ///     after each transaction, and notifications are lost then.
    ///   - answerTimeout: How long a statement may take before the connection counts as lost.
    ///   - onNotification: Told of notifications, one after the other in the order of the commits, on the thread that all
    ///     connections are read on: it must not wait for anything.
    ///   - body: What is done meanwhile.
    /// - Returns: What the closure returns.
    /// - Throws: `PostgreSQLError.connectionFailed`, `.connectionLost`, `.cancelled`, and what the closure throws.
    package func withListening<Value>(
        to channels: [String],
        of endpoint: PostgreSQLEndpoint,
        answerTimeout: Duration,
        onNotification: @escaping @Sendable (PostgreSQLNotification) -> Void,
        _ body: (PostgreSQLConnection) async throws -> Value
    ) async throws -> Value {
        var settings = settings
        settings.answerTimeout = answerTimeout
        settings.pooling = .none
        let session = try await Session.open(
            to: endpoint, settings: settings, on: thread, onNotification: onNotification)
        let connection = PostgreSQLConnection(session)
        defer { connection.end().close(.connectionLost("nobody listens any more")) }
        let listening = channels.map { #"LISTEN "\#($0)"; "# }.joined()
        // A pooler makes up a process of its own for each of its clients. Nothing is prepared, which some poolers refuse.
        let answer = try await session.perform(.script(listening + "SELECT pg_backend_pid()"))
        let process = unsafe answer.bytes(row: 0, column: 0).flatMap {
            unsafe Int32(String(decoding: $0, as: UTF8.self))
        }
        guard process == session.backendProcess else {
            throw PostgreSQLError.connectionFailed("a pooler is in between, through which notifications may get lost")
        }
        return try await body(connection)
    }
}
