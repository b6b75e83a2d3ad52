/// The audit log of every tenant, each in its tenant's own database.
///
/// What changes an agreement is written with the change itself: by `AgreementChange.record(_:)`.
package protocol AuditLog: Sendable {
    /// Appends events, in their order, all or none.
    ///
    /// - Throws: `databaseBehind` where the tenant has no log yet; `databaseUnavailable` and the like, after which it is
    ///   not known whether they were appended if the connection broke.
    func append(_ events: [AuditEvent], of tenant: Tenant) async throws(AccordError)

    /// Appends what there is when a connection of the tenant's has nothing else to do, if that is so within a time.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - delay: The time.
    ///   - next: Gives the events, to be appended as by `append(_:of:)`. Asked again when those have been appended, until
    ///     it gives none; not asked at all when there is no such connection, or the task is cancelled before.
    /// - Throws: As `append(_:of:)`.
    func append(
        of tenant: Tenant, within delay: Duration, _ next: () -> [AuditEvent]
    ) async throws(AccordError)

    /// Entries, the newest first.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - id: What they are older than; nil to begin with the newest.
    ///   - action: What they tell of; nil for all.
    ///   - limit: The most at a time.
    /// - Returns: The entries; none after the oldest.
    /// - Throws: As `append(_:of:)`.
    func entries(
        of tenant: Tenant, before id: Int?, action: AuditAction?, limit: Int
    ) async throws(AccordError) -> [AuditEntry]
}
