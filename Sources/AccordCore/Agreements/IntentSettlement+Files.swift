/// The files of an organization, and the copies that are kept of them.
extension IntentSettlement {
    /// How often a file is copied until a copy is certain.
    private static let maximumCopies = 3

    /// Removes the files that the row does not have, and brings its own back from a copy.
    ///
    /// - Returns: The key of the row's file when it is not what the row says and no copy has it.
    func align(_ settled: Settled, _ mending: Mending) async throws(AccordError) -> ObjectKey? {
        let keys = settled.intents.reduce(into: Set<ObjectKey>()) { $0.formUnion($1.keys) }
        for key in keys where key != settled.row?.key { try await mending.deleteIfThere(key) }
        guard let row = settled.row, keys.contains(row.key) else { return nil }
        if try await holds(row.key, NewAgreement(row)) { return nil }
        let copies = settled.intents.filter { $0.action == .keep }
        guard let copy = try await goodCopy(of: row, copies), try await mending.copy(copy.key, to: row.key)
        else { return row.key }
        return nil
    }

    /// A certain copy of the row's file: one that is there, or a new one.
    func copy(
        of row: Agreement, _ intents: [AgreementIntent], in change: any AgreementChange
    ) async throws(AccordError) -> IntentID? {
        let copies = intents.filter { $0.action == .keep && $0.state == .done }
        if let copy = try await goodCopy(of: row, copies) { return copy.id }
        guard let copy = try await keep(NewAgreement(row), in: change) else { return nil }
        // Something may just have come over the file.
        guard try await holds(copy.key, NewAgreement(row)) else { throw .storageUnavailable }
        return copy.id
    }

    /// The copy of the file of a row that ends, when its version is to keep it: the one that the change made before it died.
    func copyToKeep(
        of row: Agreement?, _ intents: [AgreementIntent]
    ) async throws(AccordError) -> AgreementIntent? {
        guard keptVersions > 0, let row else { return nil }
        // That of the dead change is open, and certain: else the storage would not be as intended.
        return try await goodCopy(of: row, intents.filter { $0.action == .keep && $0.state != .undone })
    }

    /// Removes the files of versions beyond those that are kept. Each is gone before that is written down: what is
    /// interrupted is done again.
    func prune(in change: any AgreementChange) async throws(AccordError) {
        var versions: [AgreementVersion]
        repeat {
            versions = try await change.keptVersions(beyond: keptVersions)
            for version in versions {
                if let key = version.keptKey { try await storage.delete(key) }
                try await change.forgetFile(of: version.number)
            }
        } while !versions.isEmpty
    }

    private func goodCopy(
        of row: Agreement, _ copies: [AgreementIntent]
    ) async throws(AccordError) -> AgreementIntent? {
        for copy in copies where copy.agreement.fileSHA == row.fileSHA {
            if try await holds(copy.key, copy.agreement) { return copy }
        }
        return nil
    }

    /// Copies an agreement's file to a place of its own. What the transaction has done so far is committed before.
    ///
    /// - Returns: The intent of the copy, which is done; nil where there is no file.
    /// - Throws: What storage and database throw; `storageUnavailable` when no copy is certain. One that may be made once
    ///   more, later, is left to be removed: the file may be another by then.
    func keep(_ agreement: NewAgreement, in change: any AgreementChange) async throws(AccordError) -> AgreementIntent? {
        for _ in 0..<Self.maximumCopies {
            let copy = AgreementIntent(keeping: agreement, of: tenant)
            try await change.open(copy)
            guard let certainty = try await storage.copy(agreement.key, to: copy.key) else {
                // An attempt that was not answered may have made one, when there still was a file.
                try await change.settle(copy.id, as: .undone)
                return nil
            }
            try await change.settle(copy.id, as: certainty == .certain ? .done : .undone)
            if certainty == .certain { return copy }
        }
        throw .storageUnavailable
    }

    /// Sees to it that there is a copy of a file that something of other intents may come over, late. That is to be done
    /// before its row is committed.
    ///
    /// - Returns: Whether the file is safe. It is not when it is another one by now.
    func protect(
        _ agreement: NewAgreement, from others: [AgreementIntent], in change: any AgreementChange
    ) async throws(AccordError) -> Bool {
        guard others.contains(where: { $0.keys.contains(agreement.key) }) else { return true }
        guard let copy = try await keep(agreement, in: change) else { return false }
        return try await holds(copy.key, agreement)
    }

    /// Whether a key has the file of an agreement.
    func holds(_ key: ObjectKey, _ agreement: NewAgreement) async throws(AccordError) -> Bool {
        try await storage.holds(key, size: agreement.fileSize, sha256: agreement.fileSHA)
    }
}

/// Changes files while an agreement is held.
///
/// Before each request it is committed that what may take effect late is waited for anew: so this request is covered, too.
/// That also proves that the agreement is still held.
final class Mending {
    private let storage: any ObjectStorage
    private let change: any AgreementChange
    /// Whether a request may take effect once more.
    private(set) var isDoubtful = false

    init(storage: any ObjectStorage, change: any AgreementChange) {
        self.storage = storage
        self.change = change
    }

    func deleteIfThere(_ key: ObjectKey) async throws(AccordError) {
        guard try await storage.head(key) != nil else { return }
        try await prepare()
        note(try await storage.delete(key))
    }

    /// - Returns: Whether there was a file to be copied.
    func copy(_ key: ObjectKey, to other: ObjectKey) async throws(AccordError) -> Bool {
        try await prepare()
        let certainty = try await storage.copy(key, to: other)
        note(certainty)
        return certainty != nil
    }

    private func prepare() async throws(AccordError) {
        try await change.watchAnew()
        try await change.commit()
    }

    private func note(_ certainty: Certainty?) {
        if certainty == .doubtful { isDoubtful = true }
    }
}
