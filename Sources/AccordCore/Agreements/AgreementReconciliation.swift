package import FoundationEssentials

/// Compares a tenant's rows with the files that are stored, both ways.
package struct AgreementReconciliation: Sendable {
    private let agreements: any AgreementRepository
    private let storage: any ObjectStorage
    private let keptVersions: Int
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
        /// A row, or a version that keeps its file, whose file is not there.
        case missing(ObjectKey)
        /// The same, whose file has another size or SHA-256.
        case different(ObjectKey)
        /// A file that none of them has.
        case orphan(ObjectKey, isRemoved: Bool)
        /// A file whose key is none that Accord makes.
        case foreign(ObjectKey)
    }

    /// What a comparison came to.
    package struct Report: Hashable, Sendable {
        package var (rows, objects) = (0, 0)
        /// Versions whose files are kept.
        package var kept = 0
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

    /// Makes it from the ports it needs.
    ///
    /// - Parameters:
    ///   - agreements: The rows, the versions and the intents.
    ///   - storage: The files.
    ///   - keptVersions: Of how many ended versions of each agreement the files are kept.
    ///   - options: What is to be compared and done.
    package init(
        agreements: any AgreementRepository, storage: any ObjectStorage, keptVersions: Int, options: Options
    ) {
        self.agreements = agreements
        self.storage = storage
        self.keptVersions = keptVersions
        self.options = options
    }

    /// Files that are to be there: that of an organization's row, or those of some of its versions.
    private struct Expected {
        let connectedOrgID: ConnectedOrgID
        /// Nil for the row.
        var versions: [Int]?
    }

    /// Those whose files were listed, with the right size.
    private struct Seen {
        var rows: Set<ConnectedOrgID> = []
        /// By what their keys end with.
        var copies: Set<IntentID> = []
    }

    /// Compares, and mends what can be mended. Memory grows by 16 bytes and some for each agreement, and for each version
    /// that keeps its file.
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
        if options.mends {
            let recovery = AgreementRecovery(agreements: agreements, storage: storage, keptVersions: keptVersions)
            _ = try await recovery.recover(tenant)
            try await prune(tenant)
        }
        var seen = Seen()
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
            let doubtful = rows.filter { options.comparesSHA || !seen.rows.contains($0.connectedOrgID) }
            let expected = doubtful.map { Expected(connectedOrgID: $0.connectedOrgID) }
            for finding in try await compare(expected, of: tenant) { note(finding) }
            last = rows.last?.connectedOrgID
        } while last != nil
        var lastKept: AgreementVersion?
        repeat {
            let versions = try await agreements.keptVersions(of: tenant, after: lastKept, limit: Self.pageSize)
            report.kept += versions.count
            let doubtful = versions.filter { version in
                let copy = version.keptKey?.intent(of: tenant)
                return options.comparesSHA || copy.map { !seen.copies.contains($0) } ?? true
            }
            // Of one organization together, since each is looked at while the organization is held.
            let expected = Dictionary(grouping: doubtful, by: \.connectedOrgID).map { organization, versions in
                Expected(connectedOrgID: organization, versions: versions.map(\.number))
            }
            for finding in try await compare(expected, of: tenant) { note(finding) }
            lastKept = versions.last
        } while lastKept != nil
        return report
    }

    /// Removes the files of versions beyond those that are kept, of all organizations that nobody is at work on.
    private func prune(_ tenant: Tenant) async throws(AccordError) {
        let settlement = IntentSettlement(storage: storage, tenant: tenant, keptVersions: keptVersions)
        var last: ConnectedOrgID?
        repeat {
            let organizations = try await agreements.organizations(
                of: tenant, keepingMoreThan: keptVersions, after: last, limit: Self.pageSize)
            for organization in organizations {
                _ = try await agreements.changeUnlessHeld(of: tenant, with: organization) {
                    change throws(AccordError) in try await settlement.prune(in: change)
                }
            }
            last = organizations.last
        } while last != nil
    }

    /// The files that are no row's and no version's, by their keys. The others are seen when the size is right.
    private func withoutRow(
        _ objects: ArraySlice<ListedObject>, of tenant: Tenant, _ seen: inout Seen
    ) async throws(AccordError) -> [ListedObject] {
        let organizations = Set(objects.compactMap { $0.key.connectedOrgID(of: tenant) })
        let rows = try await agreements.agreements(of: tenant, with: Array(organizations))
        let copies = objects.map(\.key).filter { $0.intent(of: tenant) != nil }
        let kept = try await agreements.keptVersions(of: tenant, at: copies)
        return objects.filter { object in
            if let version = kept[object.key], let copy = object.key.intent(of: tenant) {
                if version.fileSize == object.size { seen.copies.insert(copy) }
                return false
            }
            guard let organization = object.key.connectedOrgID(of: tenant), let row = rows[organization],
                row.key == object.key
            else { return true }
            if row.fileSize == object.size { seen.rows.insert(organization) }
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
            // A copy whose intent is gone is a version's since then, or nobody's.
            guard try await !agreements.hasIntent(intent, of: tenant),
                try await agreements.keptVersions(of: tenant, at: [object.key]).isEmpty
            else { return nil }
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

    /// Looks at files one by one, of several organizations at a time.
    private func compare(_ expected: [Expected], of tenant: Tenant) async throws(AccordError) -> [Finding] {
        let results = await withTaskGroup(of: Result<[Finding], AccordError>.self) { group in
            var results: [Result<[Finding], AccordError>] = []
            for (index, files) in expected.enumerated() {
                if index >= Self.width, let result = await group.next() { results.append(result) }
                group.addTask {
                    do throws(AccordError) {
                        return .success(try await compare(files, of: tenant))
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
            findings += try result.get()
        }
        return findings
    }

    /// What is wrong with an organization's files: nothing while they are being changed.
    private func compare(_ expected: Expected, of tenant: Tenant) async throws(AccordError) -> [Finding] {
        try await agreements.changeUnlessHeld(of: tenant, with: expected.connectedOrgID) {
            change throws(AccordError) -> [Finding] in
            var findings: [Finding] = []
            guard let versions = expected.versions else {
                guard let row = try await change.current() else { return [] }
                return try await compare(row.key, row.fileSize, row.fileSHA).map { [$0] } ?? []
            }
            for number in versions {
                // Another change may have let go of it.
                guard let version = try await change.version(number), let key = version.keptKey,
                    let finding = try await compare(key, version.fileSize, version.fileSHA)
                else { continue }
                findings.append(finding)
            }
            return findings
        } ?? []
    }

    /// What is wrong with a file; nil for nothing.
    private func compare(
        _ key: ObjectKey, _ size: Int, _ sha256: String
    ) async throws(AccordError) -> Finding? {
        guard let object = try await storage.head(key) else { return .missing(key) }
        if object.size != size { return .different(key) }
        guard options.comparesSHA, try await !storage.holds(key, size: size, sha256: sha256) else { return nil }
        return .different(key)
    }
}

extension UUID {
    /// Who does what no user does.
    fileprivate static let nobody = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
}

extension ObjectKey {
    /// The organization of an agreement's key; nil for another key.
    fileprivate func connectedOrgID(of tenant: Tenant) -> ConnectedOrgID? {
        // By scalars: a file name may begin with one that joins the slash before it.
        let parts = description.unicodeScalars.dropFirst(tenant.url.unicodeScalars.count).split(
            separator: "/", omittingEmptySubsequences: false
        ).map { String($0) }
        guard parts.count == 4, parts[0].isEmpty, parts[1] == "agreements", !parts[3].isEmpty,
            description.unicodeScalars.count <= ObjectKey.maximumLength
        else { return nil }
        let id = ConnectedOrgID(parts[2])
        // Keys have it in lower case.
        return id?.description == parts[2] ? id : nil
    }

    /// The intent of a backup's key; nil for another key.
    fileprivate func intent(of tenant: Tenant) -> IntentID? {
        let parts = description.dropFirst(tenant.url.count).split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0].isEmpty, parts[1] == "recovery" else { return nil }
        return IntentID(String(parts[2]))
    }
}
