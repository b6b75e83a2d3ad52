/// Makes row and files of one organization one thing again, whatever dead changes have left.
struct IntentSettlement: Sendable {
    let storage: any ObjectStorage
    let tenant: Tenant
    /// Of how many ended versions the files are kept.
    let keptVersions: Int

    /// What was found and done.
    enum Outcome: Hashable, Sendable {
        /// A change was finished: the row is as it was intended.
        case forward
        /// A change was undone: the row is as before.
        case back
        /// Everything had been decided before; the files were looked at once more.
        case checked
        /// The row's file is not what the row says, and nowhere else.
        case lost(ObjectKey)
    }

    /// What there is afterwards.
    struct Settled {
        var row: Agreement?
        /// The intents that were found, as they are now. Until they are over, something of them may come late.
        var intents: [AgreementIntent]
        var outcomes: [Outcome] = []
    }

    /// Settles all intents of an organization. Whoever holds the agreement knows that nobody else works on them.
    ///
    /// 1. What is open is decided: forward when the storage is as intended, else back. That is committed.
    /// 2. The files are made what the row says: those that it does not have are deleted, its own comes back from a copy.
    /// 3. As long as something may come late over the row's file, there is a copy of it.
    /// 4. Versions keep no more files than they shall.
    /// 5. Intents and copies go when nothing of them can come late any more.
    ///
    /// All of it can be done again at any time.
    ///
    /// - Parameters:
    ///   - change: Holds the agreement.
    ///   - undone: An intent that must not go forward.
    ///   - certain: Intents all of whose requests were answered: nothing of them can come late.
    /// - Returns: What there is then.
    /// - Throws: What storage and database throw.
    func settle(
        in change: any AgreementChange, undoing undone: IntentID? = nil, certain: Set<IntentID> = []
    ) async throws(AccordError) -> Settled {
        var settled = Settled(row: try await change.current(), intents: try await change.intents())
        guard !settled.intents.isEmpty else { return settled }
        try await decide(&settled, undoing: undone, in: change)
        let mending = Mending(storage: storage, change: change)
        let lost = try await align(settled, mending)
        if let lost { settled.outcomes.append(.lost(lost)) }

        func isOver(_ intent: AgreementIntent) -> Bool {
            !mending.isDoubtful && (intent.isOver || certain.contains(intent.id))
        }
        var needed: IntentID?
        let late = settled.intents.filter { !isOver($0) }
        if let row = settled.row, lost == nil, late.contains(where: { $0.threatens(row) }) {
            needed = try await copy(of: row, settled.intents, in: change)
        }
        for copy in settled.intents where copy.action == .keep && copy.id != needed && isOver(copy) {
            try await mending.deleteIfThere(copy.key)
        }
        try await prune(in: change)
        for intent in settled.intents where intent.id != needed && isOver(intent) {
            try await change.remove(intent.id)
        }
        return settled
    }

    /// Decides what the row shall be, writes it, and commits that: who has lost the agreement touches no file.
    private func decide(
        _ settled: inout Settled, undoing undone: IntentID?, in change: any AgreementChange
    ) async throws(AccordError) {
        let open = settled.intents.indices.filter { settled.intents[$0].state == .open }
        var kept: Set<IntentID> = []
        var events: [AuditEvent] = []
        for index in open where !kept.contains(settled.intents[index].id) {
            let intent = settled.intents[index]
            let others = settled.intents.filter { $0.id != intent.id }
            let mayGoForward = intent.action != .keep && intent.id != undone
            var state = AgreementIntent.State.undone
            if mayGoForward, try await isAsIntended(intent, settled.row, others, in: change) {
                let copy = try await copyToKeep(of: settled.row, others)
                let (row, event) = try await write(intent, keeping: copy, in: change)
                settled.row = row
                if let event { events.append(event) }
                if let copy { kept.insert(copy.id) }
                state = .done
            }
            if intent.action != .keep { settled.outcomes.append(state == .done ? .forward : .back) }
            try await change.settle(intent.id, as: state)
            settled.intents[index].state = state
        }
        settled.intents.removeAll { kept.contains($0.id) }
        if settled.outcomes.isEmpty { settled.outcomes = [.checked] }
        // The storage is not asked between these and the commit.
        for event in events { try await change.record(event) }
        if !open.isEmpty { try await change.commit() }
    }

    /// Whether the storage is as it was intended, and nobody has changed the row since. A file that something may come over
    /// late must be safe, too.
    private func isAsIntended(
        _ intent: AgreementIntent, _ row: Agreement?, _ others: [AgreementIntent], in change: any AgreementChange
    ) async throws(AccordError) -> Bool {
        guard row?.key == intent.previous?.key, row?.fileSHA == intent.previous?.fileSHA else { return false }
        guard intent.action == .put else { return try await storage.head(intent.key) == nil }
        guard try await holds(intent.key, intent.agreement) else { return false }
        return try await protect(intent.agreement, from: others, in: change)
    }

    /// Writes the row as it was intended.
    ///
    /// - Parameters:
    ///   - intent: The intent.
    ///   - copy: The copy of the file before, when its version keeps it. Its intent is over then.
    ///   - change: Holds the agreement.
    /// - Returns: The row that there is now, nil where it was deleted; and what the audit log is to be told of it, last of
    ///   all before the commit.
    /// - Throws: What the database throws.
    func write(
        _ intent: AgreementIntent, keeping copy: AgreementIntent?, in change: any AgreementChange
    ) async throws(AccordError) -> (row: Agreement?, event: AuditEvent?) {
        if let copy { try await change.remove(copy.id) }
        guard intent.action == .put else {
            let deleted = try await change.delete(by: intent.agreement.createdByID, keeping: copy?.key)
            return (nil, deleted.map { intent.event(of: $0) })
        }
        let row = try await change.upsert(intent.agreement, keeping: copy?.key)
        return (row, intent.event(of: row))
    }
}
