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

    /// Some of a tenant's agreements, in the order of the organizations' identifiers.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - last: The last organization of those before; nil to begin.
    ///   - limit: The most at a time.
    /// - Returns: The agreements; none after the last.
    /// - Throws: `databaseUnavailable` and the like.
    func agreements(
        of tenant: Tenant, after last: ConnectedOrgID?, limit: Int
    ) async throws(AccordError) -> [Agreement]

    /// Some versions of the agreement with an organization, the newest first.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - connectedOrgID: The organization.
    ///   - number: That of the last of those before; nil to begin.
    ///   - limit: The most at a time.
    /// - Returns: The versions; none after the last.
    /// - Throws: `databaseUnavailable` and the like.
    func versions(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID, before number: Int?, limit: Int
    ) async throws(AccordError) -> [AgreementVersion]

    /// Some versions whose files are kept, of all organizations, each once when asked for the ones after the last.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - last: The last of those before; nil to begin.
    ///   - limit: The most at a time.
    /// - Returns: The versions; none after the last.
    /// - Throws: `databaseUnavailable` and the like.
    func keptVersions(
        of tenant: Tenant, after last: AgreementVersion?, limit: Int
    ) async throws(AccordError) -> [AgreementVersion]

    /// The versions whose files are kept at any of these keys, in one query.
    func keptVersions(
        of tenant: Tenant, at keys: [ObjectKey]
    ) async throws(AccordError) -> [ObjectKey: AgreementVersion]

    /// Some of the organizations of which more than so many versions are kept, in the order of their identifiers.
    func organizations(
        of tenant: Tenant, keepingMoreThan count: Int, after last: ConnectedOrgID?, limit: Int
    ) async throws(AccordError) -> [ConnectedOrgID]

    /// Whether there is an intent of this identifier.
    func hasIntent(_ id: IntentID, of tenant: Tenant) async throws(AccordError) -> Bool

    /// Changes a tenant's agreement with one organization while nobody else does, in this process or another.
    ///
    /// What `body` did is seen by others when it returns, all of it; when it throws, nothing is, but for what
    /// `AgreementChange.commit()` has committed. Whoever comes meanwhile waits.
    ///
    /// - Throws: What `body` threw; `databaseUnavailable` or `timeout`, after which what became of the change is
    ///   unknown if the connection broke while it was being committed.
    func change<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result

    /// As `change`, unless somebody else is at it.
    ///
    /// - Returns: What `body` returned; nil when it did not run.
    func changeUnlessHeld<Result: Sendable>(
        of tenant: Tenant, with connectedOrgID: ConnectedOrgID,
        _ body: (any AgreementChange) async throws(AccordError) -> Result
    ) async throws(AccordError) -> Result?

    /// Tells the organizations for which there are intents, some of them at a time, to one caller at a time, in this
    /// process or another.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - last: The last of those told before; nil to begin.
    ///   - limit: The most at a time.
    ///   - body: Gets them, in the order of their identifiers. Nobody else is told any until it returns.
    /// - Returns: What `body` returned; nil when somebody else is at it, or there are none.
    /// - Throws: `databaseUnavailable` and the like.
    func withIntents<Result: Sendable>(
        of tenant: Tenant, after last: ConnectedOrgID?, limit: Int, _ body: ([ConnectedOrgID]) async -> Result
    ) async throws(AccordError) -> Result?
}

/// One tenant's agreement with one organization, held for a change.
package protocol AgreementChange {
    /// The agreement as it is; nil where there is none.
    func current() async throws(AccordError) -> Agreement?

    /// Inserts an agreement with the identifier and the time it comes with, unless there is one already. It becomes a
    /// version.
    ///
    /// - Returns: Whether it was inserted.
    func create(_ agreement: Agreement) async throws(AccordError) -> Bool

    /// Writes the agreement, new or in place of the one there is. A replaced row keeps its identifier. The version that it
    /// was ends, and another one begins.
    ///
    /// - Parameters:
    ///   - agreement: The agreement.
    ///   - key: Where the file is kept that the version had which ends; nil where it is not.
    /// - Returns: The agreement as it is now.
    /// - Throws: `databaseUnavailable` and the like.
    func upsert(_ agreement: NewAgreement, keeping key: ObjectKey?) async throws(AccordError) -> Agreement

    /// Deletes the agreement. The version that it was ends.
    ///
    /// - Parameters:
    ///   - user: Who deletes it.
    ///   - key: Where its file is kept; nil where it is not.
    /// - Returns: The agreement as it was; nil where there is none.
    /// - Throws: `databaseUnavailable` and the like.
    func delete(by user: UserID, keeping key: ObjectKey?) async throws(AccordError) -> Agreement?

    /// The version of this number; nil where there is none.
    func version(_ number: Int) async throws(AccordError) -> AgreementVersion?

    /// The versions whose files are kept, but for the newest ones; some at a time.
    ///
    /// - Parameter count: How many are passed over.
    /// - Returns: The others; none after the last.
    /// - Throws: `databaseUnavailable` and the like.
    func keptVersions(beyond count: Int) async throws(AccordError) -> [AgreementVersion]

    /// Says that the file of a version is not kept any more.
    func forgetFile(of number: Int) async throws(AccordError)

    /// Appends to the tenant's audit log what is done here.
    ///
    /// From then on until this is committed, nobody else appends to it: so it comes last, and nothing is waited for in
    /// between.
    ///
    /// - Throws: `databaseBehind` where there is no log yet; `databaseUnavailable` and the like.
    func record(_ event: AuditEvent) async throws(AccordError)

    /// The intents for this organization, in the order in which they were opened. Those whom they belonged to are gone:
    /// else the agreement would not be held here.
    func intents() async throws(AccordError) -> [AgreementIntent]

    /// Writes an intent. What another program has done to the agreement, so that its versions don't end with it, is
    /// written down with it.
    func insert(_ intent: AgreementIntent) async throws(AccordError)

    /// Says what became of an intent. From now on it is waited for what may take effect late.
    ///
    /// - Parameters:
    ///   - id: Which.
    ///   - state: What became of it: not `open`.
    /// - Throws: `databaseUnavailable` and the like.
    func settle(_ id: IntentID, as state: AgreementIntent.State) async throws(AccordError)

    /// Lets that time begin anew for all intents that are not open.
    func watchAnew() async throws(AccordError)

    /// Removes an intent of which nothing is left to be done.
    func remove(_ id: IntentID) async throws(AccordError)

    /// Commits all that was done here so far. The agreement stays held.
    ///
    /// - Throws: `databaseUnavailable` and the like; whether it was committed is not known then.
    func commit() async throws(AccordError)
}

extension AgreementChange {
    /// Writes an intent and commits it.
    func open(_ intent: AgreementIntent) async throws(AccordError) {
        try await insert(intent)
        try await commit()
    }
}
