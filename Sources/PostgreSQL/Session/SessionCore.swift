import CLibPQ

/// What a session keeps under its lock: libpq's connection and the state machine, and the steps that take both.
///
/// Every step ends with the resumption that it led to, for the session to do once the lock is released.
struct SessionCore: ~Copyable, Sendable {
    typealias Resumption = Session.State.Resumption

    var state = Session.State()
    /// Nil before the connection is begun and after it has ended.
    var connection: LibPQConnection?
    /// The readiness thread's number for the session; 0 before it is taken in and after it has left.
    var id: UInt64 = 0
    /// The names of the statements prepared here.
    var statementNames: [PreparedStatementKey: String] = [:]
    var lastStatementNumber = 0
    private var isWatchedForWriting = false

    /// Ends the session: for the reason given, or for libpq's.
    mutating func end(_ reason: PostgreSQLError? = nil) -> Resumption? {
        let error = reason ?? .connectionLost(errorMessage ?? "the server closed it")
        connection = nil
        return state.close(error)
    }

    /// Goes on connecting until the socket has to be waited for.
    mutating func continueConnecting(_ thread: ReadinessThread) -> Resumption? {
        switch connection?.continueConnecting() {
        case .reading: watch(.reading, thread)
        case .writing: watch(.writing, thread)
        case .connected: watch(.reading, thread) ?? state.connected(nil)
        case .failed, .none: end(.connectionFailed(errorMessage ?? "libpq could not begin to connect"))
        }
    }

    /// Takes in what came between two commands: a notice, or the end.
    mutating func takeInWhileReady() -> Resumption? {
        connection?.consumeInput() == true ? nil : end()
    }

    /// Sends a command that the state machine has let through.
    mutating func send(_ command: Command, _ thread: ReadinessThread) -> Resumption? {
        guard connection?.send(command) == true else { return end() }
        return continueSending(thread)
    }

    /// Sends on, and takes in answers, until the socket has to be waited for.
    mutating func continueExchange(_ thread: ReadinessThread) -> Resumption? {
        guard connection?.consumeInput() == true else { return end() }
        if let resumption = continueSending(thread) { return resumption }
        while connection?.isBusy == false {
            guard let result = connection?.nextResult() else {
                if connection?.isInPipeline == true { continue }
                return state.answered()
            }
            switch result.status {
            case PGRES_PIPELINE_SYNC:
                connection?.leavePipeline()
                return state.answered()
            case PGRES_PIPELINE_ABORTED:
                // A statement before it failed, and has said why.
                break
            case PGRES_COPY_IN:
                connection?.refuseCopy()
                if let resumption = continueSending(thread) { return resumption }
            case PGRES_COPY_OUT, PGRES_COPY_BOTH:
                return end(.connectionLost("COPY is not supported here"))
            default:
                state.received(result.serverError.map { .failure(.server($0)) } ?? .success(result))
            }
        }
        return nil
    }

    /// The notifications that were taken in since the last time.
    mutating func takeNotifications() -> [PostgreSQLNotification] {
        var notifications: [PostgreSQLNotification] = []
        while let notification = connection?.nextNotification() { notifications.append(notification) }
        return notifications
    }

    private mutating func continueSending(_ thread: ReadinessThread) -> Resumption? {
        let isWaiting = connection?.flush() ?? false
        guard isWaiting != isWatchedForWriting else { return nil }
        isWatchedForWriting = isWaiting
        return watch(isWaiting ? .both : .reading, thread)
    }

    private mutating func watch(_ interest: ReadinessThread.Interest, _ thread: ReadinessThread) -> Resumption? {
        guard let socket = connection?.socket, thread.watch(socket, for: interest, id: id) else {
            return end(.connectionLost("its socket can't be watched"))
        }
        return nil
    }

    private var errorMessage: String? {
        switch connection {
        case .some(let connection): connection.errorMessage.isEmpty ? nil : connection.errorMessage
        case .none: nil
        }
    }
}
