import AccordAPI
import AccordCore

/// Brings into the audit log what a request has left on its trail, before its answer or after.
struct AuditRecorder: Sendable {
    let mode: AuditMode
    let log: any AuditLog
    let writer: AuditWriter

    /// Records what is on the trail so far.
    ///
    /// - Throws: `databaseUnavailable` or `databaseBehind` when the answer must not be given, since that would go
    ///   unrecorded.
    func record(_ trail: AuditTrail) async throws(AccordError) {
        guard let (events, tenant) = trail.take() else { return }
        guard mode == .strict else { return await writer.add(events, of: tenant) }
        do throws(AccordError) {
            try await log.append(events, of: tenant)
        } catch {
            throw error == .databaseBehind ? error : .databaseUnavailable
        }
    }
}

extension AuditTrail {
    /// Takes down a refusal that the client is told by a code, unless it is none that the log tells of.
    ///
    /// - Parameters:
    ///   - code: The code.
    ///   - field: What was refused; nil for a whole request.
    ///   - agreementID: The agreement that it was about.
    func refused(code: String, field: String? = nil, agreementID: AgreementID? = nil) {
        guard ErrorCode(rawValue: code)?.isOfARule == true else { return }
        refused(AuditDetails(errorCode: code, field: field), agreementID: agreementID)
    }
}
