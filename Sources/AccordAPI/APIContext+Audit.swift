import AccordCore

extension APIContext {
    /// Runs what a field is resolved by. When a rule refuses it, the audit log is told.
    ///
    /// - Parameters:
    ///   - field: The field's name.
    ///   - connectedOrgID: The organization that it is about, as the client sent it.
    ///   - body: What may be refused.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw.
    func recordingRefusals<Value>(
        of field: String, connectedOrgID: String? = nil, _ body: () async throws(AccordError) -> Value
    ) async throws(AccordError) -> Value {
        do throws(AccordError) {
            return try await body()
        } catch {
            let code = error.presentation.code
            if code.isOfARule {
                audit.refused(
                    AuditDetails(errorCode: code.rawValue, field: field),
                    connectedOrgID: connectedOrgID.flatMap { ConnectedOrgID($0) })
            }
            throw error
        }
    }
}

extension ErrorCode {
    /// Whether it says that a rule of the business, or about who may what, refused something: the audit log tells of these.
    /// Others are mistakes, or failures of ours.
    package var isOfARule: Bool {
        switch self {
        case .forbidden, .connectionNotAccepted, .agreementNotFound, .fileTooLarge, .unsupportedFileType: true
        case .unauthenticated, .tenantNotFound, .badUserInput, .storageUnavailable, .storageUploadFailed,
            .databaseUnavailable, .timeout, .rateLimited, .graphQLParseFailed, .graphQLValidationFailed,
            .operationResolutionFailure, .internalServerError:
            false
        }
    }
}
