import Synchronization

/// One connection to a server: libpq's part and the state machine's under one lock, and what they decide done outside
/// it.
///
/// Commands are sent by the task that asks, straight to the socket; answers are taken in by the readiness thread, which
/// resumes the task. Neither ever waits for anything but the other's few microseconds under the lock.
final class Session: Sendable {
    /// Opening a session is answered with nil.
    typealias Outcome = Result<LibPQResult?, PostgreSQLError>
    typealias Waiter = CheckedContinuation<Outcome, Never>
    typealias State = SessionState<Waiter, LibPQResult?>
    typealias Instant = ContinuousClock.Instant

    /// How long the server may take to obey a cancel request before the session ends instead.
    private static let cancellationGrace = Duration.seconds(5)

    private let core = Mutex(SessionCore())
    private let thread: ReadinessThread
    /// Whether the server knows in the next transaction what it was told in this one.
    private let keepsState: Bool
    private let answerTimeout: Duration?
    private let onNotification: (@Sendable (PostgreSQLNotification) -> Void)?
    private let lastRequest = Atomic<UInt64>(State.connecting)

    private init(
        thread: ReadinessThread, settings: ConnectionSettings,
        onNotification: (@Sendable (PostgreSQLNotification) -> Void)?
    ) {
        self.thread = thread
        keepsState = settings.pooling == .none
        answerTimeout = settings.answerTimeout
        self.onNotification = onNotification
    }

    /// Opens a session.
    ///
    /// Cancellation ends the attempt at once. A session that is to listen is told of notifications one after the other,
    /// before the answer to a command that came after them; what it calls must not wait for anything.
    /// - Throws: `PostgreSQLError.connectionFailed` or `.cancelled`.
    static func open(
        to endpoint: PostgreSQLEndpoint,
        settings: ConnectionSettings,
        on thread: ReadinessThread,
        onNotification: (@Sendable (PostgreSQLNotification) -> Void)? = nil
    ) async throws(PostgreSQLError) -> Session {
        let session = Session(thread: thread, settings: settings, onNotification: onNotification)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in session.connect(to: endpoint, settings: settings, waiter) }
        } onCancel: {
            session.cancel(State.connecting)
        }
        _ = try outcome.get()
        return session
    }

    /// Runs a command and gives the last result it had.
    ///
    /// When the task is cancelled, the server is asked to give the command up, and this returns as soon as it did, or
    /// after five seconds without it, with the session closed. Shielded, it passes over the task's cancellation. The
    /// timeout closes the session; without one, patience is left to the server's statement timeout.
    func perform(
        _ command: Command,
        isShielded: Bool = false,
        timeout: Duration? = nil
    ) async throws(PostgreSQLError) -> LibPQResult {
        let timeout = timeout ?? answerTimeout
        let id = lastRequest.add(1, ordering: .relaxed).newValue
        let outcome: Outcome
        if isShielded {
            outcome = await withCheckedContinuation { waiter in begin(id, command, waiter, timeout: timeout) }
        } else {
            guard !Task.isCancelled else { throw .cancelled }
            outcome = await withTaskCancellationHandler {
                await withCheckedContinuation { waiter in begin(id, command, waiter, timeout: timeout) }
            } onCancel: {
                cancel(id)
            }
        }
        guard let result = try outcome.get() else { throw .connectionLost("the server gave no answer") }
        return result
    }

    /// Whether the session can take a command, judged by what its socket has right now.
    ///
    /// A server that shut down, or dropped the session, is noticed here even before the readiness thread gets to it.
    func isAlive() -> Bool {
        var isAlive = false
        step { core in
            guard case .ready = core.state.phase else { return nil }
            let resumption = core.takeInWhileReady()
            if case .ready = core.state.phase { isAlive = true }
            return resumption
        }
        return isAlive
    }

    /// Whether the next task may have the session: it is open, and nothing is under way in it.
    var isReusable: Bool {
        core.withLock { core in
            guard case .ready = core.state.phase else { return false }
            return core.connection?.isInTransaction == false
        }
    }

    /// The process that serves the session, as whoever answered the connection says.
    var backendProcess: Int32 {
        core.withLock { $0.connection?.backendProcess ?? 0 }
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool {
        core.withLock { $0.connection?.isInTransaction ?? false }
    }

    /// Ends the session; whoever waits for it is told the reason.
    func close(_ reason: PostgreSQLError) {
        step { $0.end(reason) }
    }

    /// Ends the session and waits, a second at most, until the server has let go of it: before that, another connection
    /// may be one too many there.
    func closeCompletely(_ reason: PostgreSQLError) async {
        let socket = core.withLock { $0.connection.duplicateSocket() }
        close(reason)
        guard let socket else { return }
        await withCheckedContinuation { waiter in
            let isStarted = onOwnThread {
                socket.waitForEnd(timeout: 1_000)
                waiter.resume()
            }
            if !isStarted { waiter.resume() }
        }
    }

    // MARK: Prepared statements

    /// The statement as it is to be sent: prepared by now, where the server keeps that.
    func prepared(_ statement: PreparedStatementKey) async throws(PostgreSQLError) -> Command.Statement {
        guard keepsState else { return .unnamed(statement) }
        if let name = core.withLock({ $0.statementNames[statement] }) { return .named(name) }
        let name = core.withLock { core in
            core.lastStatementNumber += 1
            return "s\(core.lastStatementNumber)"
        }
        _ = try await perform(.prepare(name: name, text: statement.text, parameterTypes: statement.parameterTypes))
        core.withLock { $0.statementNames[statement] = name }
        return .named(name)
    }

    /// Forgets a statement that the server no longer runs.
    func forget(_ statement: PreparedStatementKey) {
        core.withLock { $0.statementNames[statement] = nil }
    }

    // MARK: What the readiness thread calls

    /// The socket is ready for something that it was watched for.
    func becameReady() {
        step { core in
            switch core.state.phase {
            case .connecting: core.continueConnecting(self.thread)
            case .ready: core.takeInWhileReady()
            case .busy: core.continueExchange(self.thread)
            case .unopened, .closed: nil
            }
        }
    }

    /// Time has passed.
    func tick(_ now: Instant) {
        var again: (id: UInt64, request: CancelRequest?)?
        step { core in
            if let error = core.state.expired(at: now) { return core.end(error) }
            again = core.state.cancelAgain(at: now).map { ($0, core.connection?.makeCancelRequest()) }
            return nil
        }
        if let again { send(again.request, for: again.id) }
    }

    // MARK: Steps

    /// Does something under the lock, and after it what came out of that.
    private func step(_ body: (inout SessionCore) -> State.Resumption?) {
        var resumption: State.Resumption?
        var notifications: [PostgreSQLNotification] = []
        var idToRemove: UInt64 = 0
        core.withLock { core in
            resumption = body(&core)
            if onNotification != nil { notifications = core.takeNotifications() }
            if case .closed = core.state.phase { swap(&idToRemove, &core.id) }
        }
        if idToRemove != 0 { thread.remove(idToRemove) }
        if let onNotification { notifications.forEach(onNotification) }
        if let resumption { resumption.waiter.resume(returning: resumption.outcome) }
    }

    private func connect(to endpoint: PostgreSQLEndpoint, settings: ConnectionSettings, _ waiter: Waiter) {
        let deadline = Instant.now + settings.connectTimeout
        let id = thread.add(self)
        step { core in
            core.id = id
            return core.state.connect(waiter, deadline: deadline)
        }
        thread.tick(until: deadline)
        let isStarted = onOwnThread {
            do throws(PostgreSQLError) {
                let parameters = settings.parameters(for: try endpoint.resolvingHosts())
                self.start(LibPQConnection(parameters))
            } catch {
                self.close(error)
            }
        }
        if !isStarted { close(.connectionFailed("the system has no thread left to look up the host on")) }
    }

    private func start(_ connection: consuming LibPQConnection?) {
        var connection = connection
        step { core in
            // Otherwise too late: nobody waits any more.
            guard case .connecting = core.state.phase else { return nil }
            core.connection = connection.take()
            return core.continueConnecting(self.thread)
        }
    }

    private func begin(_ id: UInt64, _ command: Command, _ waiter: Waiter, timeout: Duration?) {
        let deadline = timeout.map { Instant.now + $0 }
        step { core in
            core.state.begin(id, waiter, deadline: deadline) ?? core.send(command, self.thread)
        }
        if let deadline { thread.tick(until: deadline) }
    }

    private func cancel(_ id: UInt64) {
        let deadline = Instant.now + Self.cancellationGrace
        var request: CancelRequest?
        step { core in
            switch core.state.cancel(id, deadline: deadline) {
            case .none:
                break
            case .send:
                request = core.connection?.makeCancelRequest()
            case .close:
                return core.end(.cancelled)
            }
            return nil
        }
        guard let request else { return }
        thread.tick(until: deadline)
        send(request, for: id)
    }

    private func send(_ cancelRequest: CancelRequest?, for id: UInt64) {
        guard let cancelRequest else { return }
        // Without a thread to send it on, the deadline ends the session.
        _ = onOwnThread {
            cancelRequest.send()
            self.step { $0.state.cancelDelivered(id, at: .now) }
        }
    }
}
