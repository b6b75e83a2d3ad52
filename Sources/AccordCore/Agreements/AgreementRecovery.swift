/// Settles the changes that nobody finishes: after a crash, or when database or storage went away.
package struct AgreementRecovery: Sendable {
    private let agreements: any AgreementRepository
    private let storage: any ObjectStorage
    private let keptVersions: Int
    private let width: Int

    /// How many intents' organizations are looked at in one go.
    private static let pageSize = 200

    /// Makes recovery from the ports it needs.
    ///
    /// - Parameters:
    ///   - agreements: The rows and the intents.
    ///   - storage: The files.
    ///   - keptVersions: Of how many ended versions of each agreement the files are kept.
    ///   - width: How many organizations of a tenant are looked at at the same time. Each takes a connection.
    package init(
        agreements: any AgreementRepository, storage: any ObjectStorage, keptVersions: Int, width: Int = 4
    ) {
        self.agreements = agreements
        self.storage = storage
        self.keptVersions = keptVersions
        self.width = width
    }

    /// What a run came to.
    package struct Report: Hashable, Sendable {
        /// Changes that were finished, and that were undone.
        package var (forward, back) = (0, 0)
        /// Changes that were settled earlier and were looked at once more.
        package var checked = 0
        /// Files that are not what their row says, and are nowhere else.
        package var lost: [ObjectKey] = []
        /// Organizations whose changes could not be settled now, and why.
        package var failures: [AccordError] = []

        package init() {}

        /// Adds another report to this one.
        package mutating func add(_ other: Report) {
            forward += other.forward
            back += other.back
            checked += other.checked
            lost += other.lost
            failures += other.failures
            isStorageDown = isStorageDown || other.isStorageDown
        }

        /// Whether the storage answers nobody, so that it would fail for others, too.
        fileprivate var isStorageDown = false

        fileprivate mutating func add(_ outcome: IntentSettlement.Outcome) {
            switch outcome {
            case .forward: forward += 1
            case .back: back += 1
            case .checked: checked += 1
            case .lost(let key): lost.append(key)
            }
        }
    }

    /// Settles all of a tenant's changes that no request is at work on. Where there are none, that is one query.
    ///
    /// - Returns: What it came to: nothing where somebody else is at it already.
    /// - Throws: What the tenant's database throws.
    package func recover(_ tenant: Tenant) async throws(AccordError) -> Report {
        var report = Report()
        var last: ConnectedOrgID?
        repeat {
            let page = try await agreements.withIntents(of: tenant, after: last, limit: Self.pageSize) {
                organizations in
                (report: await settle(organizations, of: tenant), last: organizations.last)
            }
            guard let page else { return report }
            report.add(page.report)
            last = page.last
        } while !report.isStorageDown
        return report
    }

    /// Settles some organizations' changes, several at a time. When the storage fails, the others are left for later.
    private func settle(_ organizations: [ConnectedOrgID], of tenant: Tenant) async -> Report {
        await withTaskGroup(of: Report.self) { group in
            var report = Report()
            for (index, organization) in organizations.enumerated() {
                if index >= width, let done = await group.next() { report.add(done) }
                if report.isStorageDown { break }
                group.addTask { await settle(organization, of: tenant) }
            }
            for await done in group { report.add(done) }
            return report
        }
    }

    private func settle(_ organization: ConnectedOrgID, of tenant: Tenant) async -> Report {
        let settlement = IntentSettlement(storage: storage, tenant: tenant, keptVersions: keptVersions)
        var report = Report()
        do throws(AccordError) {
            let outcomes = try await agreements.changeUnlessHeld(of: tenant, with: organization) {
                change throws(AccordError) in try await settlement.settle(in: change).outcomes
            }
            for outcome in outcomes ?? [] { report.add(outcome) }
        } catch {
            report.failures.append(error)
            report.isStorageDown = await isStorageDown(after: error)
        }
        return report
    }

    /// One file that can't be had is no reason to leave the others.
    private func isStorageDown(after error: AccordError) async -> Bool {
        guard error == .storageUnavailable || error == .storageUploadFailed else { return false }
        return (try? await storage.checkReadiness()) == nil
    }
}
