/// Carries out one change of an agreement, its row and its file as one thing.
///
/// Intent, commit; storage; row and intent, commit; and only then what is not needed any more. The order is explained
/// in `docs/decisions/0025-intents.md`. Not cancelled on its way: whoever calls runs it in a task of its own.
struct IntendedChange: Sendable {
    let agreements: any AgreementRepository
    let settlement: IntentSettlement
    let initiator: Initiator
    let action: Action
    /// How long it is waited for what may take effect late.
    let watchTime: Duration
    let leftToRecovery: @Sendable (AgreementIntent, Tenant, AccordError) -> Void

    enum Action: Sendable {
        case put(NewAgreement, StoredFile)
        case delete(ConnectedOrgID, by: UserID)
    }

    /// What is known of a change when its transaction fails.
    struct Progress: Sendable {
        let intent: AgreementIntent
        /// The copy of the file that would be gone.
        var copy: AgreementIntent?
        /// Whether the storage was asked to put or to delete.
        var hasBegun = false
        /// What the storage said to the put or the deletion; nil while that is not known.
        var stored: Certainty?
        /// What is answered, once the row is committed.
        var answer: Answer?
    }

    /// The agreement as it was written; nil when it was deleted.
    typealias Answer = Result<Agreement?, AccordError>

    private var storage: any ObjectStorage { settlement.storage }
    var tenant: Tenant { settlement.tenant }

    /// Carries out the change.
    ///
    /// - Returns: The agreement as it was written; nil when it was deleted, or has been since. After a failure, all is as it
    ///   was. The one exception is told by `leftToRecovery`: a database that could not be asked for as long as we waited.
    func carryOut() async -> Answer {
        var progress: Progress?
        do throws(AccordError) {
            return try await agreements.change(of: tenant, with: action.connectedOrgID) {
                change throws(AccordError) in try await attempt(in: change, &progress)
            }
        } catch {
            guard let progress else { return .failure(error) }
            // Only the rest is missing then, which recovery does.
            if let answer = progress.answer { return answer }
            return await conclude(progress, after: error)
        }
    }

    private func attempt(
        in change: any AgreementChange, _ progress: inout Progress?
    ) async throws(AccordError) -> Answer {
        let found = try await settlement.settle(in: change)
        if let answer = try await answerAtOnce(found) { return answer }
        let intent = try action.intent(by: initiator, over: found.row)
        try await change.insert(intent)
        var state = Progress(intent: intent)
        defer { if state.hasBegun { progress = state } }
        do throws(AccordError) {
            if let row = found.row, row.key == intent.key {
                state.copy = try await settlement.keep(NewAgreement(row), in: change)
                // Whoever has lost the agreement meanwhile is told so, before the file is changed that is another's now.
                _ = try await change.current()
            } else {
                try await change.commit()
            }
            state.hasBegun = true
            state.stored = try await changeFile(intent)
            if intent.action == .put,
                try await !settlement.protect(intent.agreement, from: found.intents, in: change)
            {
                throw .storageUnavailable
            }
        } catch {
            try await undo(intent, in: change)
            return .failure(error)
        }
        return .success(try await finish(&state, in: change))
    }

    /// The outcome of an action that needs no change; nil for others.
    private func answerAtOnce(_ found: IntentSettlement.Settled) async throws(AccordError) -> Answer? {
        switch action {
        case .delete: return found.row == nil ? .failure(.agreementNotFound) : nil
        case .put(let new, _):
            guard found.intents.isEmpty, let row = found.row, row.key == new.key, row.fileSHA == new.fileSHA,
                row.fileName == new.fileName.description, try await settlement.holds(row.key, new)
            else { return nil }
            return .success(row)
        }
    }

    private func changeFile(_ intent: AgreementIntent) async throws(AccordError) -> Certainty {
        guard case .put(let new, let file) = action else { return try await storage.delete(intent.key) }
        return try await storage.put(file, at: new.key, fileName: new.fileName.description)
    }

    /// Takes back what was done in storage. What the storage doesn't let us do now is left to recovery; the database's errors
    /// are thrown.
    func undo(_ intent: AgreementIntent, in change: any AgreementChange) async throws(AccordError) {
        do throws(AccordError) {
            _ = try await settlement.settle(in: change, undoing: intent.id)
        } catch {
            // That it is undone was committed first.
            guard [.storageUnavailable, .storageUploadFailed].contains(error) else { throw error }
            leftToRecovery(intent, tenant, error)
        }
    }

    /// Writes the row, and with it that the intent is done and what the audit log tells. Then removes what is not needed
    /// any more.
    ///
    /// - Returns: The agreement as it was written; nil when it was deleted.
    private func finish(
        _ progress: inout Progress, in change: any AgreementChange
    ) async throws(AccordError) -> Agreement? {
        let intent = progress.intent
        let (written, event) = try await settlement.write(intent, in: change)
        if intent.previous == nil, progress.stored == .certain {
            try await change.remove(intent.id)
            if let event { try await change.record(event) }
            return written
        }
        try await change.settle(intent.id, as: .done)
        if let event { try await change.record(event) }
        try await change.commit()
        progress.answer = .success(written)
        await clean(progress, in: change)
        return written
    }

    /// Removes the file that the row does not need any more, and then the intent. What can't be removed now is left to
    /// recovery, and an intent stays as long as something of it may come late.
    private func clean(_ progress: Progress, in change: any AgreementChange) async {
        let intent = progress.intent
        do throws(AccordError) {
            var isCertain = progress.stored == .certain
            if let copy = progress.copy {
                let certainty = try await storage.delete(copy.key)
                try await end(copy, isCertain: certainty == .certain, in: change)
            } else if let previous = intent.previous, intent.action == .put, previous.key != intent.key {
                isCertain = try await storage.delete(previous.key) == .certain && isCertain
            }
            try await end(intent, isCertain: isCertain, in: change)
        } catch {
            leftToRecovery(intent, tenant, error)
        }
    }

    private func end(
        _ intent: AgreementIntent, isCertain: Bool, in change: any AgreementChange
    ) async throws(AccordError) {
        if isCertain { try await change.remove(intent.id) } else { try await change.settle(intent.id, as: .done) }
    }
}

extension IntendedChange.Action {
    var connectedOrgID: ConnectedOrgID {
        switch self {
        case .put(let new, _): new.connectedOrgID
        case .delete(let connectedOrgID, _): connectedOrgID
        }
    }

    /// The intent of changing what the row says.
    fileprivate func intent(
        by initiator: Initiator, over row: Agreement?
    ) throws(AccordError) -> AgreementIntent {
        switch self {
        case .put(let new, _): return AgreementIntent(.put, new, by: initiator, over: row)
        case .delete(_, let user):
            guard let row else { throw .agreementNotFound }
            return AgreementIntent(.delete, NewAgreement(row, by: user), by: initiator, over: row)
        }
    }
}
