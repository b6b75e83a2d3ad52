package import AccordCore
import GraphQL
import Synchronization

/// What a request's resolvers are given: who asks, and the services they may use.
///
/// One is made for each request, before its operation is known.
package final class APIContext: Sendable {
    /// Finds the request in the log; every error carries it.
    package let requestID: String
    /// Who asks; nil without an access token.
    package let viewer: Viewer?
    /// What can be done with connections and agreements.
    let agreements: AgreementService
    /// What can be read of the audit log.
    let auditLog: AuditService
    /// What the audit log shall tell of the request.
    let audit: AuditTrail
    /// When links begin to work.
    let links = LinkTime()
    private let changes = Atomic(0)
    /// Told what a client must not see.
    let reportFault: @Sendable (any Error) -> Void
    /// Told each error that the client gets.
    let reportError: @Sendable (ErrorCode) -> Void

    /// Makes the context of one request.
    ///
    /// - Parameters:
    ///   - requestID: the request's id.
    ///   - viewer: who asks; nil without an access token.
    ///   - agreements: the service for connections and agreements.
    ///   - auditLog: the service for the audit log.
    ///   - audit: told what the request does that the audit log tells of.
    ///   - reportFault: called with an error that only the log may know.
    ///   - reportError: called with the code of each error that the client gets.
    package init(
        requestID: String, viewer: Viewer?, agreements: AgreementService, auditLog: AuditService, audit: AuditTrail,
        reportFault: @escaping @Sendable (any Error) -> Void,
        reportError: @escaping @Sendable (ErrorCode) -> Void = { _ in }
    ) {
        self.requestID = requestID
        self.viewer = viewer
        self.agreements = agreements
        self.auditLog = auditLog
        self.audit = audit
        self.reportFault = reportFault
        self.reportError = reportError
    }

    /// Whether an agreement was changed, which the client must be told.
    package var hasChanged: Bool { changes.load(ordering: .acquiring) > 0 }

    /// An agreement was changed.
    func noteChange() { changes.add(1, ordering: .releasing) }

    /// Who asks.
    ///
    /// - Throws: `AccordError.unauthenticated` without an access token.
    func requireViewer() throws(AccordError) -> Viewer {
        guard let viewer else { throw .unauthenticated }
        return viewer
    }
}
