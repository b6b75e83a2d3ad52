/// Something that the audit log shall tell. The database gives it its place in the log, and its time.
package struct AuditEvent: Hashable, Sendable {
    package let action: AuditAction
    package let initiator: Initiator
    /// The organization that it was about, where it was about one.
    package let connectedOrgID: ConnectedOrgID?
    /// The agreements that it was about.
    package let agreementIDs: [AgreementID]
    package let details: AuditDetails

    package init(
        _ action: AuditAction, by initiator: Initiator, connectedOrgID: ConnectedOrgID? = nil,
        agreementIDs: [AgreementID] = [], details: AuditDetails = AuditDetails()
    ) {
        self.action = action
        self.initiator = initiator
        self.connectedOrgID = connectedOrgID
        self.agreementIDs = agreementIDs
        self.details = details
    }
}

/// What else the log tells of an event, by the names that the log's `details` have.
package struct AuditDetails: Hashable, Sendable, Codable {
    /// The file that was put, deleted or downloaded.
    package var fileName: String?
    package var fileSize: Int?
    /// Its SHA-256 in lower-case hexadecimal.
    package var fileSha: String?
    /// Of the file in whose place it came.
    package var replacedFileSha: String?
    /// Why something was refused: the code that the client was told.
    package var errorCode: String?
    /// What was refused: a field of the API, or `download`.
    package var field: String?
    /// The token's subject, where it is no active user's.
    package var subject: String?

    package init(
        fileName: String? = nil, fileSize: Int? = nil, fileSha: String? = nil, replacedFileSha: String? = nil,
        errorCode: String? = nil, field: String? = nil, subject: String? = nil
    ) {
        self.fileName = fileName
        self.fileSize = fileSize
        self.fileSha = fileSha
        self.replacedFileSha = replacedFileSha
        self.errorCode = errorCode
        self.field = field
        self.subject = subject
    }

    /// What is told of an agreement's file.
    package init(of agreement: Agreement, replacing previousSHA: String? = nil) {
        self.init(
            fileName: agreement.fileName, fileSize: agreement.fileSize, fileSha: agreement.fileSHA,
            replacedFileSha: previousSHA)
    }
}

extension AgreementIntent {
    /// What the log tells of this change, given the row that it has written or deleted.
    func event(of row: Agreement) -> AuditEvent {
        AuditEvent(
            action == .delete ? .delete : isRestoration ? .restore : previous == nil ? .upload : .replace,
            by: initiator,
            connectedOrgID: row.connectedOrgID, agreementIDs: [row.id],
            details: AuditDetails(of: row, replacing: action == .put ? previous?.fileSHA : nil))
    }
}
