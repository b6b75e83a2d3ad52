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
        /// Makes the kept file of a version the agreement again.
        case restore(version: Int, ConnectedOrgID, by: UserID)
        case delete(ConnectedOrgID, by: UserID)
    }

    /// What an action comes to, once it is known what there is.
    private enum Work {
        /// Nothing has to be done.
        case answer(Answer)
        case put(NewAgreement, Source)
        case delete(NewAgreement)
    }

    /// Where a file comes from.
    private enum Source {
        case client(StoredFile)
        case version(ObjectKey)

        var isVersion: Bool { if case .version = self { true } else { false } }
    }

    /// What is known of a change when its transaction fails.
    struct Progress: Sendable {
        let intent: AgreementIntent
        /// When it began. Nobody can undo it and forget about it before the time is over in which its requests may take
        /// effect.
        let since = ContinuousClock.now
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
        let work = try await work(over: found, in: change)
        let intent: AgreementIntent
        switch work {
        case .answer(let answer): return answer
        case .put(let agreement, let source):
            intent = AgreementIntent(
                .put, agreement, by: initiator, isRestoration: source.isVersion, over: found.row)
        case .delete(let agreement): intent = AgreementIntent(.delete, agreement, by: initiator, over: found.row)
        }
        try await change.insert(intent)
        var state = Progress(intent: intent)
        defer { if state.hasBegun { progress = state } }
        do throws(AccordError) {
            if let row = found.row, row.key == intent.key || settlement.keptVersions > 0 {
                state.copy = try await settlement.keep(NewAgreement(row), in: change)
            }
            // Whoever has lost the agreement meanwhile is told so, before the file is changed that is another's now.
            try await change.commit()
            state.hasBegun = true
            state.stored = try await changeFile(work)
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

    private func work(
        over found: IntentSettlement.Settled, in change: any AgreementChange
    ) async throws(AccordError) -> Work {
        switch action {
        case .delete(_, let user):
            guard let row = found.row else { return .answer(.failure(.agreementNotFound)) }
            return .delete(NewAgreement(row, by: user))
        case .put(let new, let file):
            return try await isThere(new, found) ? .answer(.success(found.row)) : .put(new, .client(file))
        case .restore(let number, _, let user):
            guard let version = try await change.version(number) else { return .answer(.failure(.versionNotFound)) }
            guard version.end != nil else { return .answer(.success(found.row)) }
            let new = NewAgreement(version, of: tenant, by: user)
            guard let key = version.keptKey, try await settlement.holds(key, new) else {
                return .answer(.failure(.versionNotKept))
            }
            return try await isThere(new, found) ? .answer(.success(found.row)) : .put(new, .version(key))
        }
    }

    /// Whether an agreement is the one that there is already, file and all.
    ///
    /// No change is in doubt then, so nothing of ours has come over the file since its row was written. Where the storage
    /// doesn't know the SHA-256, the size must do: reading the file takes longer than storing it.
    private func isThere(
        _ new: NewAgreement, _ found: IntentSettlement.Settled
    ) async throws(AccordError) -> Bool {
        guard found.intents.isEmpty, let row = found.row, row.key == new.key, row.fileSHA == new.fileSHA,
            row.fileName == new.fileName.description
        else { return false }
        guard let object = try await storage.head(row.key), object.size == new.fileSize else { return false }
        return object.sha256 == nil || object.sha256 == new.fileSHA
    }

    private func changeFile(_ work: Work) async throws(AccordError) -> Certainty? {
        switch work {
        case .answer: return nil
        case .delete(let agreement): return try await storage.delete(agreement.key)
        case .put(let new, .client(let file)):
            return try await storage.put(file, at: new.key, fileName: new.fileName.description)
        case .put(let new, .version(let key)):
            guard let certainty = try await storage.copy(key, to: new.key) else { throw .versionNotKept }
            return certainty
        }
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
        let kept = settlement.keptVersions > 0 ? progress.copy : nil
        let (written, event) = try await settlement.write(intent, keeping: kept, in: change)
        if intent.previous == nil, progress.stored == .certain {
            try await change.remove(intent.id)
            if let event { try await change.record(event) }
            return written
        }
        try await change.settle(intent.id, as: .done)
        if let event { try await change.record(event) }
        try await change.commit()
        progress.answer = .success(written)
        if kept != nil { progress.copy = nil }
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
            try await settlement.prune(in: change)
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
        case .restore(_, let connectedOrgID, _), .delete(let connectedOrgID, _): connectedOrgID
        }
    }
}
