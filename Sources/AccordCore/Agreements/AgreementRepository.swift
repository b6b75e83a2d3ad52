/// The agreements of every tenant, each in its tenant's own database.
package protocol AgreementRepository: Sendable {
    /// The agreement with one organization; nil where there is none.
    func agreement(of tenant: Tenant, with connectedOrgID: ConnectedOrgID) async throws(AccordError) -> Agreement?

    /// The agreement of this identifier; nil where the tenant has none.
    func agreement(of tenant: Tenant, id: AgreementID) async throws(AccordError) -> Agreement?

    /// The agreements with any of these organizations, in one query.
    func agreements(
        of tenant: Tenant, with connectedOrgIDs: [ConnectedOrgID]
    ) async throws(AccordError) -> [ConnectedOrgID: Agreement]

    /// Changes a tenant's agreement with one organization while nobody else does, in this process or another.
    ///
    /// What `body` did to the row is seen by others when it returns, all of it; when it throws, nothing is.
    /// Whoever comes meanwhile waits.
    ///
    /// - Throws: What `body` threw; `databaseUnavailable` or `timeout`, after which what became of the change is
    ///   unknown if the connection broke while it was being committed.
    func change<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result
}

/// One tenant's agreement with one organization, held for a change.
package protocol AgreementChange {
    /// The agreement as it is; nil where there is none.
    func current() async throws(AccordError) -> Agreement?

    /// Inserts an agreement with the identifier and the time it comes with, unless there is one already.
    ///
    /// - Returns: Whether it was inserted.
    func create(_ agreement: Agreement) async throws(AccordError) -> Bool

    /// Writes the agreement, new or in place of the one there is. A replaced row keeps its identifier.
    func upsert(_ agreement: NewAgreement) async throws(AccordError) -> Agreement

    /// Deletes the agreement and returns it as it was; nil where there is none.
    func delete() async throws(AccordError) -> Agreement?
}
