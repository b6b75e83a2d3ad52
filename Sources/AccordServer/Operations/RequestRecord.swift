import AccordAPI
import AccordCore
import Logging
import Synchronization

/// What is known of the GraphQL request that is being answered, for every log line about it, in whatever module it is
/// written.
final class RequestRecord: Sendable {
    /// Set while a request is answered.
    @TaskLocal static var current: RequestRecord?

    /// Adds the record to the lines of every logger of the process.
    static let provider = Logger.MetadataProvider { current?.metadata ?? [:] }

    private struct State {
        var tenant: String?
        var operation: String?
        var errors = 0
        /// Of the first error.
        var code: String?
    }

    /// What the audit log shall tell of the request.
    let audit: AuditTrail

    private let id: String
    private let traceID: String?
    private let state = Mutex(State())

    /// Begins the record of a request.
    ///
    /// - Parameters:
    ///   - id: the request's id.
    ///   - traceID: the trace that it belongs to; nil for none.
    ///   - ipAddress: where it came from.
    init(id: String, traceID: String?, ipAddress: String?) {
        self.id = id
        audit = AuditTrail(request: RequestOrigin(id: id, ipAddress: ipAddress))
        self.traceID = traceID
    }

    /// Takes down the url of the tenant whose user asks.
    func note(tenant: String) {
        state.withLock { $0.tenant = tenant }
    }

    /// Takes down the name of the operation, the latest if there are several. Its length is the client's to choose, so
    /// it is cut.
    func note(operation: String?) {
        state.withLock { $0.operation = operation.map { String($0.prefix(100)) } }
    }

    /// Takes down an error that the client is told.
    func note(code: String) {
        state.withLock { state in
            state.errors += 1
            state.code = state.code ?? code
        }
    }

    /// Who asks for what: for every line.
    private var metadata: Logger.Metadata {
        let state = state.withLock { $0 }
        var metadata: Logger.Metadata = ["request.id": "\(id)"]
        if let traceID { metadata["trace.id"] = "\(traceID)" }
        if let tenant = state.tenant { metadata["tenant"] = "\(tenant)" }
        if let operation = state.operation { metadata["operation"] = "\(operation)" }
        return metadata
    }

    /// What became of it: for the one line at its end.
    func outcome(status: Int, duration: Duration) -> Logger.Metadata {
        let (errors, code) = state.withLock { ($0.errors, $0.code) }
        var metadata: Logger.Metadata = [
            "status": .stringConvertible(status),
            // Thousandths are enough.
            "duration_ms": .stringConvertible(((duration / .microseconds(1)).rounded()) / 1_000),
        ]
        if let code {
            metadata["errors"] = .stringConvertible(errors)
            metadata["code"] = "\(code)"
        }
        return metadata
    }
}
