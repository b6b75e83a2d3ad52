import AccordAPI
import AccordCore
import Logging

/// Makes the contexts of requests out of what they share, which is put together once.
final class APIContextMaker: Sendable {
    private let agreements: AgreementService
    private let auditLog: AuditService
    private let reportFault: @Sendable (any Error) -> Void
    private let reportError: @Sendable (ErrorCode) -> Void

    init(agreements: AgreementService, auditLog: AuditService, metrics: ServerMetrics, logger: Logger) {
        self.agreements = agreements
        self.auditLog = auditLog
        reportFault = { fault in logger.error("A field failed", metadata: ["cause": "\(fault)"]) }
        reportError = { code in
            RequestRecord.current?.note(code: code.rawValue)
            metrics.errors.count(code.rawValue)
        }
    }

    /// The context of one request.
    func context(of request: IncomingRequest) -> APIContext {
        APIContext(
            requestID: request.id, viewer: request.viewer, agreements: agreements, auditLog: auditLog,
            audit: RequestRecord.current?.audit ?? AuditTrail(), reportFault: reportFault, reportError: reportError)
    }
}
