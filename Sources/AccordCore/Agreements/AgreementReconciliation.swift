package import FoundationEssentials

/// Compares a tenant's rows with the files that are stored, both ways.
package struct AgreementReconciliation: Sendable {
    private let agreements: any AgreementRepository
    private let storage: any ObjectStorage
    private let options: Options

    /// How many rows are asked for at a time, and how many files are looked at one by one at the same time.
    private static let (pageSize, width) = (1_000, 8)

    package struct Options: Sendable {
        /// Whether orphans are removed and unfinished changes settled.
        package var mends = true
        /// Whether each file's SHA-256 is compared, too, and not only its size.
        package var comparesSHA = false
        /// Orphans stored later than this are left alone.
        package var orphansUntil: Date

        package init(orphansUntil: Date) { self.orphansUntil = orphansUntil }
    }

    /// Something that is not as it should be.
    package enum Finding: Hashable, Sendable {
        /// A row whose file is not there.
        case missing(ObjectKey)
        /// A row whose file has another size or SHA-256.
        case different(ObjectKey)
        /// A file that no row has.
        case orphan(ObjectKey, isRemoved: Bool)
        /// A file whose key is none that Accord makes.
        case foreign(ObjectKey)
    }

    /// What a comparison came to.
    package struct Report: Hashable, Sendable {
        package var (rows, objects) = (0, 0)
        package var (missing, different, orphans, removed, foreign) = (0, 0, 0, 0, 0)
        /// Files without a row that may still get one, or are too young to tell.
        package var undecided = 0

        /// Whether all is well now.
        package var isWell: Bool { missing + different + foreign == 0 && orphans == removed }

        package init() {}

        fileprivate mutating func count(_ finding: Finding) {
            switch finding {
            case .missing: missing += 1
            case .different: different += 1
            case .orphan(_, let isRemoved):
                orphans += 1
                removed += isRemoved ? 1 : 0
            case .foreign: foreign += 1
            }
        }
    }

    package init(agreements: any AgreementRepository, storage: any ObjectStorage, options: Options) {
        self.agreements = agreements
        self.storage = storage
        self.options = options
    }

    /// Compares, and mends what can be mended. Memory grows by 16 bytes and some for each agreement.
    ///
    /// - Parameters:
    ///   - tenant: Whose.
    ///   - onFinding: Told what is found, as it is found.
    /// - Returns: What it came to.
    /// - Throws: What storage and database throw; what was done until then stays done.
    package func reconcile(
        _ tenant: Tenant, onFinding: (Finding) -> Void = { _ in }
    ) async throws(AccordError) -> Report {
        var report = Report()
        func note(_ finding: Finding?) {
            guard let finding else { return report.undecided += 1 }
            report.count(finding)
            onFinding(finding)
        }
        if options.mends { _ = try await AgreementRecovery(agreements: agreements, storage: storage).recover(tenant) }
        var seen: Set<ConnectedOrgID> = []
        var position: String?
        repeat {
            let page = try await storage.list(tenant.url + "/", from: position)
            report.objects += page.objects.count
            var rest = page.objects[...]
            while !rest.isEmpty {
                let some = rest.prefix(Self.pageSize)
                rest = rest.dropFirst(some.count)
                for object in try await withoutRow(some, of: tenant, &seen) {
                    note(try await orphan(object, of: tenant))
                }
            }
            position = page.next
        } while position != nil
        var last: ConnectedOrgID?
        repeat {
            let rows = try await agreements.agreements(of: tenant, after: last, limit: Self.pageSize)
            report.rows += rows.count
            let doubtful = rows.filter { options.comparesSHA || !seen.contains($0.connectedOrgID) }
            for finding in try await compare(doubtful, of: tenant) { note(finding) }
            last = rows.last?.connectedOrgID
        } while last != nil
        return report
    }

    /// The files that are no row's, by their keys. The organizations of the others are seen when the size is right.
    private func withoutRow(
        _ objects: ArraySlice<ListedObject>, of tenant: Tenant, _ seen: inout Set<ConnectedOrgID>
    ) async throws(AccordError) -> [ListedObject] {
        let organizations = Set(objects.compactMap { $0.key.connectedOrgID(of: tenant) })
        let rows = try await agreements.agreements(of: tenant, with: Array(organizations))
        return objects.filter { object in
            guard let organization = object.key.connectedOrgID(of: tenant), let row = rows[organization],
                row.key == object.key
            else { return true }
            if row.fileSize == object.size { seen.insert(organization) }
            return false
        }
    }

    /// What a file without a row is; removes it if it is an orphan. Nil when that can't be told now.
    private func orphan(_ object: ListedObject, of tenant: Tenant) async throws(AccordError) -> Finding? {
        let organization = object.key.connectedOrgID(of: tenant)
        let intent = object.key.intent(of: tenant)
        guard organization != nil || intent != nil else { return .foreign(object.key) }
        guard object.storedAt <= options.orphansUntil else { return nil }
        if let intent {
            guard try await !agreements.hasIntent(intent, of: tenant) else { return nil }
            // Nothing else ever has this key, so nothing has to wait for a deletion that takes effect late.
            if options.mends { try await storage.delete(object.key) }
            return .orphan(object.key, isRemoved: options.mends)
        }
        guard let organization else { return nil }
        // Held, so that nobody uploads that name meanwhile.
        return try await agreements.changeUnlessHeld(of: tenant, with: organization) {
            change throws(AccordError) -> Finding? in
            let intents = try await change.intents()
            guard try await change.current()?.key != object.key,
                !intents.contains(where: { $0.keys.contains(object.key) })
            else { return nil }
            if options.mends { try await remove(object, with: organization, in: change) }
            return .orphan(object.key, isRemoved: options.mends)
        } ?? nil
    }

    /// Deletes a file that no row has, with an intent of its own: who uploads that name next learns from it that the deletion
    /// may take effect late.
    private func remove(
        _ object: ListedObject, with organization: ConnectedOrgID, in change: any AgreementChange
    ) async throws(AccordError) {
        let file = NewAgreement(
            connectedOrgID: organization, key: object.key,
            fileName: FileName(object.key.description), fileSize: object.size, fileSHA: "",
            createdByID: UserID(.nobody))
        let intent = AgreementIntent(.delete, file, over: nil)
        try await change.insert(intent)
        try await change.settle(intent.id, as: .done)
        try await change.commit()
        if try await storage.delete(object.key) == .certain { try await change.remove(intent.id) }
    }

    /// Looks at rows' files one by one.
    private func compare(_ rows: [Agreement], of tenant: Tenant) async throws(AccordError) -> [Finding] {
        let results = await withTaskGroup(of: Result<Finding?, AccordError>.self) { group in
            var results: [Result<Finding?, AccordError>] = []
            for (index, row) in rows.enumerated() {
                if index >= Self.width, let result = await group.next() { results.append(result) }
                group.addTask {
                    do throws(AccordError) {
                        return .success(try await compare(row.connectedOrgID, of: tenant))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            for await result in group { results.append(result) }
            return results
        }
        var findings: [Finding] = []
        for result in results {
            if let finding = try result.get() { findings.append(finding) }
        }
        return findings
    }

    /// What is wrong with the file of an organization's row; nil for nothing, and while it is being changed.
    private func compare(
        _ organization: ConnectedOrgID, of tenant: Tenant
    ) async throws(AccordError) -> Finding? {
        try await agreements.changeUnlessHeld(of: tenant, with: organization) {
            change throws(AccordError) -> Finding? in
            guard let row = try await change.current() else { return nil }
            guard let object = try await storage.head(row.key) else { return .missing(row.key) }
            if object.size != row.fileSize { return .different(row.key) }
            guard options.comparesSHA,
                try await !storage.holds(row.key, size: row.fileSize, sha256: row.fileSHA)
            else { return nil }
            return .different(row.key)
        } ?? nil
    }
}

extension UUID {
    /// Who does what no user does.
    fileprivate static let nobody = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}

extension ObjectKey {
    /// The organization of an agreement's key; nil for another key.
    fileprivate func connectedOrgID(of tenant: Tenant) -> ConnectedOrgID? {
        let parts = description.dropFirst(tenant.url.count).split(
            separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "agreements" else { return nil }
        let id = ConnectedOrgID(String(parts[2]))
        // Keys have it in lower case.
        return id?.description == String(parts[2]) ? id : nil
    }

    /// The intent of a backup's key; nil for another key.
    fileprivate func intent(of tenant: Tenant) -> IntentID? {
        let parts = description.dropFirst(tenant.url.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[1] == "recovery" else { return nil }
        return IntentID(String(parts[2]))
    }
}
