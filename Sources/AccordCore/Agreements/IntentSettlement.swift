/// Makes row and file one thing again, for an intent that nobody works on any more.
struct IntentSettlement: Sendable {
    let storage: any ObjectStorage
    let tenant: Tenant

    /// What was found and done.
    enum Outcome: Hashable, Sendable {
        /// The row is as intended now.
        case forward
        /// The row is as before.
        case back
        /// What became of it was decided earlier; the files are as the row says.
        case checked
        /// A file is not what the row says, and nowhere else.
        case lost(ObjectKey)
    }

    /// Settles every intent of an organization: those first of which it isn't decided yet what the row shall be, since the
    /// files of the others are made what the row says; else in their order.
    ///
    /// - Returns: The intents there were, each with what became of it.
    func settleAll(in change: any AgreementChange) async throws(AccordError) -> [(AgreementIntent, Outcome)] {
        let intents = try await change.intents()
        var settled: [(AgreementIntent, Outcome)] = []
        let (open, decided) = (intents.filter { $0.state == .open }, intents.filter { $0.state != .open })
        for intent in open + decided { settled.append((intent, try await settle(intent, among: intents, in: change))) }
        return settled
    }

    /// Settles an intent: forward when the storage is as intended, else back. Then the files are made what the row says.
    ///
    /// The intent stays for as long as a request to the storage may take effect late, which every later call looks for.
    /// Before a call sends a request that changes something, it commits that this time begins anew: so its own requests
    /// are covered, too.
    ///
    /// - Parameters:
    ///   - intent: Which.
    ///   - intents: All of the organization: each may have a backup of the file that the row has.
    ///   - change: Holds the agreement.
    /// - Returns: What was found and done.
    /// - Throws: What storage and database throw. All can be done again then.
    func settle(
        _ intent: AgreementIntent, among intents: [AgreementIntent], in change: any AgreementChange
    ) async throws(AccordError) -> Outcome {
        var outcome = Outcome.checked
        var state = intent.state
        if state == .open {
            state = try await isAsIntended(intent, try await change.current()) ? .done : .undone
            outcome = state == .done ? .forward : .back
            if state == .done, let written = try await write(intent, in: change) {
                try await change.settle(intent.id, as: .done, isWatched: true)
                try await change.record(intent.event(of: written))
                // At once: until then nobody else appends to the audit log.
                try await change.commit()
            }
        }
        let row = try await change.current()
        var isQuiet = true
        func mending() async throws(AccordError) {
            if isQuiet { try await change.watch(intent.id, as: state) }
            isQuiet = false
        }
        let isKnown = outcome == .forward && intent.action == .put
        if let lost = try await align(intent, with: row, isKnown: isKnown, among: intents, mending) {
            outcome = .lost(lost)
        }
        let backup = intent.backup(of: tenant)
        if intent.isOver, isQuiet {
            try await storage.delete(backup)
            try await change.remove(intent.id)
            return outcome
        }
        if case .lost = outcome {
            // There is nothing that a backup could be made of.
        } else if let row, threatens(intent, state, row.key, row.fileSHA) {
            try await protect(row.key, row.fileSize, row.fileSHA, from: intent, mending)
        } else if try await storage.head(backup) != nil {
            try await mending()
            try await storage.delete(backup)
        }
        if !intent.isWatched { try await change.settle(intent.id, as: state, isWatched: true) }
        return outcome
    }

    /// Writes the row as it was intended.
    ///
    /// - Returns: The row that was written or deleted; nil where there was none to be deleted.
    func write(_ intent: AgreementIntent, in change: any AgreementChange) async throws(AccordError) -> Agreement? {
        switch intent.action {
        case .put: try await change.upsert(intent.agreement)
        case .delete: try await change.delete()
        }
    }

    /// Makes the files that an intent may have changed what the row says: removes those it does not have, and brings its
    /// own back from a backup.
    ///
    /// - Parameters:
    ///   - intent: Which.
    ///   - row: The row as it is.
    ///   - isKnown: Whether the row's file was just looked at, and is what the row says.
    ///   - intents: Those that may have a backup.
    ///   - mending: Called before something is changed.
    /// - Returns: The key of the row's file when it is not what the row says and no backup has it.
    /// - Throws: What storage and database throw.
    func align(
        _ intent: AgreementIntent, with row: Agreement?, isKnown: Bool = false, among intents: [AgreementIntent],
        _ mending: () async throws(AccordError) -> Void = {}
    ) async throws(AccordError) -> ObjectKey? {
        for key in intent.keys where key != row?.key {
            guard try await storage.head(key) != nil else { continue }
            try await mending()
            try await storage.delete(key)
        }
        guard let row, !isKnown, intent.keys.contains(row.key) else { return nil }
        if try await storage.holds(row.key, size: row.fileSize, sha256: row.fileSHA) { return nil }
        for backup in intents.map({ $0.backup(of: tenant) }) {
            guard try await storage.holds(backup, size: row.fileSize, sha256: row.fileSHA) else { continue }
            try await mending()
            if try await storage.copy(backup, to: row.key) { return nil }
        }
        return row.key
    }

    /// Whether a request to the storage that was sent for the intent may still change the file at a key.
    ///
    /// Undone, that is the one that put or deleted it; done, also the one that removes what is not needed any more. To put
    /// the same bytes once more is no threat.
    func threatens(
        _ intent: AgreementIntent, _ state: AgreementIntent.State, _ key: ObjectKey, _ sha256: String
    ) -> Bool {
        guard state == .done, intent.action == .put else { return key == intent.key }
        return key == intent.previous?.key && key != intent.key
            || key == intent.key && sha256 != intent.agreement.fileSHA
    }

    /// Makes the intent's backup a copy of a file that the intent threatens.
    ///
    /// - Throws: `storageUnavailable` also when the file is not what it should be.
    func protect(
        _ key: ObjectKey, _ size: Int, _ sha256: String, from intent: AgreementIntent,
        _ mending: () async throws(AccordError) -> Void
    ) async throws(AccordError) {
        let backup = intent.backup(of: tenant)
        if try await storage.holds(backup, size: size, sha256: sha256) { return }
        try await mending()
        guard try await storage.copy(key, to: backup),
            try await storage.holds(backup, size: size, sha256: sha256)
        else { throw .storageUnavailable }
    }

    /// Whether the storage is as it was intended, and nobody has changed the row since.
    func isAsIntended(_ intent: AgreementIntent, _ row: Agreement?) async throws(AccordError) -> Bool {
        guard row?.key == intent.previous?.key, row?.fileSHA == intent.previous?.fileSHA else { return false }
        switch intent.action {
        case .put:
            return try await storage.holds(
                intent.key, size: intent.agreement.fileSize, sha256: intent.agreement.fileSHA)
        case .delete: return try await storage.head(intent.key) == nil
        }
    }
}
