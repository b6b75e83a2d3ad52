import CLibPQ
import Glibc

/// libpq's `PGconn`: the calls that don't block, under Swift types, and not one decision.
///
/// A `Session` keeps it in a `Mutex`. It ends with a Terminate message when it goes out of scope.
///
/// `@unchecked Sendable`: libpq lets any thread use a connection, one at a time. There is one owner (the type can't be
/// copied), and what changes the connection is `mutating`, so the owner has to have it for itself.
@safe struct LibPQConnection: ~Copyable, @unchecked Sendable {
    private let connection: OpaquePointer
    /// Set by the notice receiver below, which libpq calls from within the calls made here: the same thread, the same
    /// lock.
    private let sawFatalNotice: UnsafeMutablePointer<Bool>

    enum Connecting {
        case reading, writing, connected, failed
    }

    /// Begins to connect.
    ///
    /// The parameters must name no host without its address: libpq would look it up, and block.
    init?(_ parameters: [PostgreSQLEndpoint.Parameter]) {
        let started = unsafe withCStrings(parameters.map(\.keyword)) { keywords in
            unsafe withCStrings(parameters.map(\.value)) { values in
                unsafe PQconnectStartParams(keywords, values, 0)
            }
        }
        guard let started = unsafe started else { return nil }
        unsafe connection = started
        unsafe sawFatalNotice = .allocate(capacity: 1)
        unsafe sawFatalNotice.initialize(to: false)
        // Without a receiver, libpq prints notices on standard error. Between statements a FATAL one says that the
        // server is about to hang up.
        unsafe PQsetNoticeReceiver(
            connection,
            { flag, notice in
                guard let severity = unsafe PQresultErrorField(notice, Int32(CLIBPQ_DIAG_SEVERITY)) else { return }
                if unsafe strcmp(severity, "FATAL") == 0 {
                    unsafe flag?.assumingMemoryBound(to: Bool.self).pointee = true
                }
            },
            sawFatalNotice
        )
    }

    deinit {
        unsafe PQfinish(connection)
        unsafe sawFatalNotice.deallocate()
    }

    /// Takes the next step towards a connection. The socket may be another one afterwards.
    mutating func continueConnecting() -> Connecting {
        guard unsafe PQstatus(connection) != CONNECTION_BAD else { return .failed }
        switch unsafe PQconnectPoll(connection) {
        case PGRES_POLLING_READING: return .reading
        case PGRES_POLLING_WRITING: return .writing
        case PGRES_POLLING_OK: return unsafe PQsetnonblocking(connection, 1) == 0 ? .connected : .failed
        default: return .failed
        }
    }

    var socket: Int32 { unsafe PQsocket(connection) }

    /// libpq's last complaint, on one line.
    var errorMessage: String { unsafe String(cString: PQerrorMessage(connection)).oneLine }

    var isInTransaction: Bool { unsafe PQtransactionStatus(connection) != PQTRANS_IDLE }

    /// Hands a command to libpq, which keeps what the socket doesn't take at once.
    mutating func send(_ command: Command) -> Bool {
        switch command {
        case .script(let text):
            return unsafe PQsendQuery(connection, text) == 1
        case .prepare(let name, let text, let parameterTypes):
            let types = parameterTypes.map(\.rawValue)
            return unsafe PQsendPrepare(connection, name, text, Int32(types.count), types) == 1
        case .execute(let execution):
            return send(execution)
        case .pipeline(let executions):
            guard unsafe PQenterPipelineMode(connection) == 1 else { return false }
            for execution in executions {
                guard send(execution) else { return false }
            }
            return unsafe PQpipelineSync(connection) == 1
        }
    }

    private mutating func send(_ execution: Command.Execution) -> Bool {
        let parameters = execution.parameters
        let count = parameters.ranges.count
        let lengths = parameters.ranges.map { Int32($0?.count ?? 0) }
        let formats = [Int32](repeating: 1, count: count)
        return unsafe parameters.bytes.withUnsafeBufferPointer { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                let values = unsafe parameters.ranges.map { range in
                    unsafe range.flatMap { range in unsafe bytes.baseAddress.map { unsafe $0 + range.lowerBound } }
                }
                switch execution.statement {
                case .named(let name):
                    return unsafe PQsendQueryPrepared(
                        connection, name, Int32(count), values, lengths, formats, 1) == 1
                case .unnamed(let statement):
                    let types = statement.parameterTypes.map(\.rawValue)
                    return unsafe PQsendQueryParams(
                        connection, statement.text, Int32(count), types, values, lengths, formats, 1) == 1
                }
            }
        }
    }

    /// Sends what is still waiting to be sent.
    ///
    /// - Returns: True if the socket doesn't take all of it yet.
    mutating func flush() -> Bool {
        unsafe PQflush(connection) == 1
    }

    /// Takes in what the socket has.
    ///
    /// - Returns: False if the connection has ended.
    mutating func consumeInput() -> Bool {
        guard unsafe PQconsumeInput(connection) == 1 else { return false }
        // Between statements, libpq looks at its input only when asked whether it is busy.
        _ = isBusy
        return unsafe !sawFatalNotice.pointee
    }

    /// Whether `nextResult` would have to wait. Takes apart what was read, so it is `mutating` too.
    var isBusy: Bool {
        mutating get { unsafe PQisBusy(connection) == 1 }
    }

    /// The next answer to the command, nil after the last; in a pipeline, nil after the last of each statement.
    mutating func nextResult() -> LibPQResult? {
        unsafe PQgetResult(connection).map { unsafe LibPQResult($0) }
    }

    /// Whether statements were sent together, and their end has not been seen.
    var isInPipeline: Bool { unsafe PQpipelineStatus(connection) != PQ_PIPELINE_OFF }

    /// Goes back to one command at a time, once the end of the pipeline has been seen.
    mutating func leavePipeline() {
        unsafe _ = PQexitPipelineMode(connection)
    }

    /// The next notification that was taken in, in the order of their coming; nil when none is left.
    mutating func nextNotification() -> PostgreSQLNotification? {
        guard let notification = unsafe PQnotifies(connection) else { return nil }
        defer { unsafe PQfreemem(notification) }
        return unsafe PostgreSQLNotification(
            channel: String(cString: notification.pointee.relname),
            payload: String(cString: notification.pointee.extra))
    }

    /// The process that serves the connection, as whoever answered it says.
    var backendProcess: Int32 { unsafe PQbackendPID(connection) }

    /// Refuses the data of a `COPY … FROM STDIN`, so that the server answers with an error.
    mutating func refuseCopy() {
        unsafe _ = PQputCopyEnd(connection, "COPY is not supported here")
    }

    /// What it takes to ask the server to give up the running statement.
    func makeCancelRequest() -> CancelRequest? {
        unsafe PQgetCancel(connection).map { unsafe CancelRequest($0) }
    }
}

/// Asks the server, over a connection of its own, to give up a statement.
///
/// `@unchecked Sendable`: libpq's `PGcancel` is a copy of what it needs, tied to no connection; it isn't changed after
/// `PQgetCancel` made it, and `PQcancel` may be called by any thread.
@safe final class CancelRequest: @unchecked Sendable {
    private let cancel: OpaquePointer

    init(_ cancel: OpaquePointer) {
        unsafe self.cancel = cancel
    }

    deinit {
        unsafe PQfreeCancel(cancel)
    }

    /// Sends it and waits until the server has passed it on. Blocks; not encrypted, whatever the connection is.
    ///
    /// Whether it succeeded isn't worth knowing: a statement that goes on is noticed by its not ending.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        unsafe _ = PQcancel(cancel, &message, Int32(message.count))
    }
}

/// Lends the strings as a list of C strings that ends with a null pointer.
private func withCStrings<Value>(
    _ strings: [String],
    _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Value
) -> Value {
    let copies = unsafe strings.map { unsafe UnsafePointer<CChar>(strdup($0)) }
    defer { unsafe copies.forEach { unsafe free(UnsafeMutablePointer(mutating: $0)) } }
    return unsafe body(copies + [nil])
}
