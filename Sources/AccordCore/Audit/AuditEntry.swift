package import FoundationEssentials

/// An entry of a tenant's audit log.
package struct AuditEntry: Hashable, Sendable {
    /// Its place in the log, counted from 1 without a gap.
    package let id: Int
    package let recordedAt: Date
    package let action: AuditAction
    package let userID: UserID?
    /// The role's name.
    package let role: String?
    package let requestID: String?
    package let ipAddress: String?
    package let connectedOrgID: ConnectedOrgID?
    package let agreementIDs: [AgreementID]
    package let details: AuditDetails

    package init(
        id: Int, recordedAt: Date, action: AuditAction, userID: UserID?, role: String?, requestID: String?,
        ipAddress: String?, connectedOrgID: ConnectedOrgID?, agreementIDs: [AgreementID], details: AuditDetails
    ) {
        self.id = id
        self.recordedAt = recordedAt
        self.action = action
        self.userID = userID
        self.role = role
        self.requestID = requestID
        self.ipAddress = ipAddress
        self.connectedOrgID = connectedOrgID
        self.agreementIDs = agreementIDs
        self.details = details
    }
}
