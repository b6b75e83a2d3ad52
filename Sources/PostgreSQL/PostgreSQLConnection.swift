/// A database connection, lent by a pool for as long as a closure runs.
///
/// Not `Sendable` on purpose: the compiler then keeps it to one task, so its statements come one after the other.
package final class PostgreSQLConnection {
    typealias Reconnect = () async throws(PostgreSQLError) -> Session

    private var session: Session
    /// Nil once a connection that can be trusted is at hand.
    private var reconnect: Reconnect?
    private var isLent = true

    init(_ session: Session, reconnect: Reconnect? = nil) {
        self.session = session
        self.reconnect = reconnect
    }

    /// Takes the session back from whoever it was lent to.
    func end() -> Session {
        isLent = false
        return session
    }

    /// Runs a statement for its rows.
    ///
    /// It is prepared the first time that this connection meets it. Cancelling the task cancels it on the server.
    /// - Parameters:
    ///   - statement: One statement.
    ///   - parameters: As many as it has `$n`, in their order.
    /// - Returns: All rows.
    /// - Throws: `PostgreSQLError`: `.server` (the connection goes on), `.connectionLost`, `.connectionFailed`,
    ///   `.cancelled`.
    package func query(
        _ statement: PreparedStatement,
        _ parameters: [PostgreSQLParameter] = []
    ) async throws(PostgreSQLError) -> PostgreSQLRows {
        PostgreSQLRows(try await run([Bound(statement, parameters)]))
    }

    /// Runs a statement for its rows in a transaction of its own, in which a setting of the application has a value, as
    /// policies of row-level security ask for. Takes no longer than the statement alone: both are sent together.
    ///
    /// Within a transaction, the setting has the value up to its end.
    /// - Parameters:
    ///   - statement: One statement.
    ///   - parameters: As many as it has `$n`, in their order.
    ///   - setting: The setting, whose name has a dot, and its value.
    /// - Returns: All rows.
    /// - Throws: As `query(_:_:)`.
    package func query(
        _ statement: PreparedStatement,
        _ parameters: [PostgreSQLParameter],
        with setting: (name: String, value: String)
    ) async throws(PostgreSQLError) -> PostgreSQLRows {
        let values: [PostgreSQLParameter] = [.text(setting.name), .text(setting.value)]
        return PostgreSQLRows(try await run([Bound(Self.set, values), Bound(statement, parameters)]))
    }

    private static let set: PreparedStatement = "SELECT set_config($1, $2, true)"

    /// Runs a statement for its effect, as `query` does.
    ///
    /// - Returns: The number of rows inserted, updated or deleted.
    @discardableResult
    package func execute(
        _ statement: PreparedStatement,
        _ parameters: [PostgreSQLParameter] = []
    ) async throws(PostgreSQLError) -> Int {
        try await run([Bound(statement, parameters)]).affectedRowCount
    }

    /// Runs a text of any number of statements without parameters, for migrations.
    ///
    /// Unless it says otherwise itself, PostgreSQL runs it as one transaction. The text must hold no value from
    /// outside. PostgreSQL: Multiple Statements in a Simple Query
    package func executeScript(_ sql: String) async throws(PostgreSQLError) {
        _ = try await readySession().perform(.script(sql))
    }

    /// Runs the closure in a transaction: COMMIT when it returns, ROLLBACK when it throws.
    ///
    /// Cancellation before the COMMIT rolls back; the COMMIT and the ROLLBACK themselves are not interrupted. If the
    /// ROLLBACK fails, the connection is closed, which rolls back as well.
    /// - Throws: What the closure throws; `PostgreSQLError` otherwise, with `inFailedSQLTransaction` if the closure
    ///   returned although a statement of it had failed, so that there was nothing left to commit.
    package func withTransaction<Value>(
        isolation: IsolationLevel = .readCommitted,
        _ body: (PostgreSQLConnection) async throws -> Value
    ) async throws -> Value {
        let session = try await readySession()
        precondition(
            !session.isInTransaction, "A transaction within a transaction would be committed with the inner one.")
        _ = try await session.perform(.script("BEGIN ISOLATION LEVEL \(isolation.rawValue)"))
        let value: Value
        do {
            value = try await body(self)
            guard !Task.isCancelled else { throw PostgreSQLError.cancelled }
        } catch {
            await rollBack(session)
            throw error
        }
        let result = try await session.perform(.script("COMMIT"), isShielded: true)
        guard result.commandTag == "COMMIT" else {
            let message = "the transaction was rolled back, since a statement in it had failed"
            throw PostgreSQLError.server(ServerError(sqlState: .inFailedSQLTransaction, message: message))
        }
        return value
    }

    /// Commits what the transaction has done so far and goes on in a new one that holds the advisory lock from its first
    /// moment on: nobody who waits for the lock gets between the two.
    ///
    /// The session itself holds the lock only across the COMMIT. It is in a transaction all the while, so that a pooler
    /// lends it to nobody else, and it is closed if anything fails, so that the lock can't stay behind.
    ///
    /// PostgreSQL: COMMIT AND CHAIN, Advisory Lock Functions
    /// - Parameter lock: The key of an advisory lock that the transaction holds (`pg_advisory_xact_lock`).
    /// - Throws: `PostgreSQLError`; whether the first part was committed is not known then.
    package func commitAndGoOn(holding lock: Int64) async throws(PostgreSQLError) {
        let session = try await readySession()
        // Without one the server would only warn, and the lock would be nobody's.
        guard session.isInTransaction else { throw .connectionLost("there is no transaction to be committed") }
        do throws(PostgreSQLError) {
            _ = try await session.perform(
                .script(
                    """
                    SELECT pg_advisory_lock(\(lock)); COMMIT AND CHAIN;
                    SELECT pg_advisory_xact_lock(\(lock)), pg_advisory_unlock(\(lock))
                    """),
                isShielded: true)
        } catch {
            session.close(error)
            throw error
        }
    }

    /// How long a ROLLBACK may take before the connection is closed instead.
    private static let rollbackTimeout = Duration.seconds(5)

    private func rollBack(_ session: Session) async {
        do throws(PostgreSQLError) {
            _ = try await session.perform(.script("ROLLBACK"), isShielded: true, timeout: Self.rollbackTimeout)
        } catch {
            session.close(error)
        }
    }

    /// A statement and its parameters, as they are sent.
    private struct Bound {
        let key: PreparedStatementKey
        let parameters: EncodedParameters

        init(_ statement: PreparedStatement, _ parameters: [PostgreSQLParameter]) {
            key = PreparedStatementKey(text: statement.text, parameterTypes: parameters.map(\.type))
            self.parameters = EncodedParameters(parameters)
        }
    }

    /// Runs statements for the result of the last.
    private func run(_ statements: [Bound]) async throws(PostgreSQLError) -> LibPQResult {
        let session = try await readySession()
        do throws(PostgreSQLError) {
            return try await run(statements, on: session)
        } catch {
            guard error.isStaleStatement else { throw error }
            for statement in statements { session.forget(statement.key) }
            // Within a transaction, the error has ended it; the next one prepares the statement anew.
            guard !session.isInTransaction else { throw error }
            return try await run(statements, on: session)
        }
    }

    private func run(_ statements: [Bound], on session: Session) async throws(PostgreSQLError) -> LibPQResult {
        var executions: [Command.Execution] = []
        for statement in statements {
            let prepared = try await session.prepared(statement.key)
            executions.append(Command.Execution(statement: prepared, parameters: statement.parameters))
        }
        return try await session.perform(executions.count == 1 ? .execute(executions[0]) : .pipeline(executions))
    }

    /// The session, replaced once if it turns out to have ended while it lay in the pool: nothing has been sent on it
    /// yet.
    private func readySession() async throws(PostgreSQLError) -> Session {
        precondition(isLent, "This connection was lent for the length of a closure, which has returned.")
        if let reconnect {
            if !session.isAlive() { session = try await reconnect() }
            self.reconnect = nil
        }
        return session
    }
}

extension PostgreSQLError {
    /// Whether a prepared statement has to be prepared anew: the tables were altered under it, or it is gone. Nothing
    /// was run in either case.
    fileprivate var isStaleStatement: Bool {
        guard case .server(let error) = self else { return false }
        return error.sqlState == .invalidSQLStatementName
            || error.sqlState == .featureNotSupported && error.sourceFunction == "RevalidateCachedQuery"
    }
}
