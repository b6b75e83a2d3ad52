package import GraphQL

/// Told what becomes of requests, for the log and for metrics. Its functions are called by the request's task, which
/// waits for them.
package struct EndpointObserver<Context: AnyObject & Sendable>: Sendable {
    /// An operation is known and valid; whether the caller may run it is still to be decided.
    package var operationFound: @Sendable (PreparedOperation, Context) -> Void
    /// An operation has been answered, or refused.
    package var operationEnded: @Sendable (OperationReport, Context) -> Void
    /// A request, or an operation of a batch, was refused with this `extensions.code`.
    package var refused: @Sendable (String) -> Void
    /// A file of a multipart request has arrived, with its size in bytes, or will not.
    package var fileEnded: @Sendable (Result<Int, UploadError>) -> Void

    /// Makes an observer; what it isn't given is told nobody.
    package init(
        operationFound: @escaping @Sendable (PreparedOperation, Context) -> Void = { _, _ in },
        operationEnded: @escaping @Sendable (OperationReport, Context) -> Void = { _, _ in },
        refused: @escaping @Sendable (String) -> Void = { _ in },
        fileEnded: @escaping @Sendable (Result<Int, UploadError>) -> Void = { _ in }
    ) {
        self.operationFound = operationFound
        self.operationEnded = operationEnded
        self.refused = refused
        self.fileEnded = fileEnded
    }
}

/// What became of one operation.
package struct OperationReport: Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        /// Executed without an error.
        case success
        /// Executed, and a field failed.
        case errors
        /// Not executed: it is not valid, or its variables are not.
        case invalid
        /// Not executed, or given up, for a reason that is not the document's.
        case refused
    }

    /// Nil when it has none, or was not found.
    package internal(set) var name: String?
    /// Nil when it was not found.
    package internal(set) var type: OperationType?
    package internal(set) var outcome = Outcome.refused
    /// From when its document was asked for until its answer was there.
    package internal(set) var duration = Duration.zero

    /// A report of an operation of which nothing is known yet.
    package init() {}
}
