import Synchronization

/// What one request does that the audit log shall tell, collected until the answer is there.
///
/// Changes of agreements are not here: they are written with the change itself.
package final class AuditTrail: Sendable {
    private struct State {
        var tenant: Tenant?
        var initiator: Initiator
        /// Of the token, while its user isn't known.
        var subject: String?
        var issued: [AgreementID] = []
        var events: [AuditEvent] = []
    }

    private let state: Mutex<State>

    /// The request.
    package let request: RequestOrigin

    /// Begins the trail of a request.
    package init(request: RequestOrigin = RequestOrigin()) {
        self.request = request
        state = Mutex(State(initiator: Initiator(userID: nil, role: nil, request: request)))
    }

    /// Takes down whose log it is, and what the token says.
    package func concerns(_ tenant: Tenant, subject: String, role: Role) {
        state.withLock { state in
            state.tenant = tenant
            state.subject = subject
            state.initiator = Initiator(userID: nil, role: role, request: request)
        }
    }

    /// Takes down who asks.
    package func concerns(_ viewer: Viewer) {
        state.withLock { state in
            state.tenant = viewer.tenant
            state.subject = nil
            state.initiator = viewer.initiator
        }
    }

    /// Takes down that a link to an agreement was made.
    package func issuedURL(of id: AgreementID) {
        state.withLock { $0.issued.append(id) }
    }

    /// Takes down that a file begins to be sent.
    package func downloads(_ agreement: Agreement) {
        add(
            .download, connectedOrgID: agreement.connectedOrgID, agreementIDs: [agreement.id],
            AuditDetails(of: agreement))
    }

    /// Takes down that something was refused.
    ///
    /// - Parameters:
    ///   - details: Why, and what.
    ///   - connectedOrgID: The organization that it was about.
    ///   - agreementID: The agreement that it was about.
    package func refused(
        _ details: AuditDetails, connectedOrgID: ConnectedOrgID? = nil, agreementID: AgreementID? = nil
    ) {
        add(.refused, connectedOrgID: connectedOrgID, agreementIDs: [agreementID].compactMap(\.self), details)
    }

    /// Hands over what was taken down so far, and forgets it.
    ///
    /// - Returns: The events and whose log they are for; nil when there are none, or when it is not known who asks.
    package func take() -> (events: [AuditEvent], tenant: Tenant)? {
        state.withLock { state in
            guard let tenant = state.tenant, !state.events.isEmpty || !state.issued.isEmpty else { return nil }
            var events = state.events
            if !state.issued.isEmpty {
                var seen: Set<AgreementID> = []
                let ids = state.issued.filter { seen.insert($0).inserted }
                events.append(AuditEvent(.urlIssued, by: state.initiator, agreementIDs: ids))
            }
            (state.events, state.issued) = ([], [])
            return (events, tenant)
        }
    }

    private func add(
        _ action: AuditAction, connectedOrgID: ConnectedOrgID?, agreementIDs: [AgreementID], _ details: AuditDetails
    ) {
        state.withLock { state in
            var details = details
            // PostgreSQL's texts have no U+0000. Its length is limited for nobody's sake but the log's.
            details.subject = state.subject.map { String($0.filter { $0 != "\0" }.prefix(200)) }
            state.events.append(
                AuditEvent(
                    action, by: state.initiator, connectedOrgID: connectedOrgID, agreementIDs: agreementIDs,
                    details: details))
        }
    }
}
