/// Carries out one change of an agreement, its row and its file as one thing.
///
/// Intent, commit; storage; row and intent, commit; and only then what is not needed any more. The order is explained
/// in `docs/decisions/0025-intents.md`. Not cancelled on its way: whoever calls runs it in a task of its own.
struct IntendedChange: Sendable {
    let agreements: any AgreementRepository
    let storage: any ObjectStorage
    let tenant: Tenant
    let initiator: Initiator
    /// How long recovery keeps an intent that it has undone.
    let watchTime: Duration
    let leftToRecovery: @Sendable (AgreementIntent, Tenant, AccordError) -> Void

    enum Action: Sendable {
        case put(NewAgreement, StoredFile)
        case delete(ConnectedOrgID, by: UserID)

        var connectedOrgID: ConnectedOrgID {
            switch self {
            case .put(let new, _): new.connectedOrgID
            case .delete(let connectedOrgID, _): connectedOrgID
            }
        }
    }

    /// How long the end of a change whose transaction failed is looked for before the client is told.
    private static let patience = Duration.seconds(15)

    private var settlement: IntentSettlement { IntentSettlement(storage: storage, tenant: tenant) }

    /// The agreement as it was written; nil when it was deleted.
    private typealias Outcome = Result<Agreement?, AccordError>

    /// Carries out a change.
    ///
    /// - Returns: The agreement as it was written; nil when it was deleted, or has been since. After a failure, all is as it
    ///   was. The one exception is told by `leftToRecovery`: a database that could not be asked for as long as we waited.
    func carryOut(_ action: Action) async -> Result<Agreement?, AccordError> {
        let result = await attempt(action)
        // Whoever deletes sends no file that could be refused.
        guard case .delete = action, case .failure(.storageUploadFailed) = result else { return result }
        return .failure(.storageUnavailable)
    }

    private func attempt(_ action: Action) async -> Result<Agreement?, AccordError> {
        var opened: AgreementIntent?
        var isInStorage = false
        var committed: Outcome?
        do throws(AccordError) {
            return try await agreements.change(of: tenant, with: action.connectedOrgID) {
                change throws(AccordError) -> Outcome in
                let others = try await settlement.settleAll(in: change).isEmpty ? [] : change.intents()
                let row = try await change.current()
                if let answer = try await answerAtOnce(action, row, others) { return answer }
                let intent = try action.intent(by: initiator, over: row)
                try await change.open(intent)
                opened = intent
                do throws(AccordError) {
                    try await changeFiles(action, intent, row, others, in: change)
                } catch {
                    try await undo(intent, row, others, isCertain: false, in: change)
                    return .failure(error)
                }
                isInStorage = true
                return .success(try await finish(intent, row, in: change) { committed = .success($0) })
            }
        } catch {
            // Only the rest is missing, which recovery does.
            if let committed { return committed }
            guard let opened else { return .failure(error) }
            return await conclude(opened, isInStorage: isInStorage, after: error)
        }
    }

    /// The outcome of an action that needs no change; nil for others.
    private func answerAtOnce(
        _ action: Action, _ row: Agreement?, _ others: [AgreementIntent]
    ) async throws(AccordError) -> Outcome? {
        switch action {
        case .delete: return row == nil ? .failure(.agreementNotFound) : nil
        case .put(let new, _):
            guard others.isEmpty, let row, row.key == new.key, row.fileSHA == new.fileSHA,
                row.fileName == new.fileName.description,
                try await storage.holds(row.key, size: row.fileSize, sha256: row.fileSHA)
            else { return nil }
            return .success(row)
        }
    }

    /// Puts or deletes the file. One that would be gone then is copied first.
    private func changeFiles(
        _ action: Action, _ intent: AgreementIntent, _ row: Agreement?, _ others: [AgreementIntent],
        in change: any AgreementChange
    ) async throws(AccordError) {
        // Without a file to be copied there is nothing that could be lost.
        if row?.key == intent.key {
            _ = try await storage.copy(intent.key, to: intent.backup(of: tenant))
            // Whoever has lost the lock meanwhile is told so, before the file is changed that is another's now.
            _ = try await change.current()
        }
        guard case .put(let new, let file) = action else { return try await storage.delete(intent.key) }
        try await storage.put(file, at: new.key, fileName: new.fileName.description)
        for other in others {
            guard settlement.threatens(other, other.state, new.key, new.fileSHA) else { continue }
            try await settlement.protect(new.key, new.fileSize, new.fileSHA, from: other) {
                () async throws(AccordError) in
                try await change.watch(other.id, as: other.state)
            }
        }
    }

    /// Writes the row, and with it that the intent is done and what the audit log tells. Then removes what is not needed
    /// any more.
    ///
    /// - Parameters:
    ///   - intent: Which.
    ///   - row: The row that there was.
    ///   - change: Holds the agreement.
    ///   - onCommit: Told the outcome when it is committed before the end.
    /// - Returns: The agreement as it was written; nil when it was deleted.
    /// - Throws: What the database throws.
    private func finish(
        _ intent: AgreementIntent, _ row: Agreement?, in change: any AgreementChange, onCommit: (Agreement?) -> Void
    ) async throws(AccordError) -> Agreement? {
        let written = try await settlement.write(intent, in: change)
        let agreement = intent.action == .put ? written : nil
        guard row != nil else {
            try await change.remove(intent.id)
            if let written { try await change.record(intent.event(of: written)) }
            return agreement
        }
        try await change.settle(intent.id, as: .done, isWatched: false)
        if let written { try await change.record(intent.event(of: written)) }
        try await change.commit()
        onCommit(agreement)
        await clean(intent, in: change)
        return agreement
    }

    /// Removes the files that the row does not need any more, and then the intent. What can't be removed now is left to
    /// recovery.
    private func clean(_ intent: AgreementIntent, in change: any AgreementChange) async {
        do throws(AccordError) {
            if let previous = intent.previous, intent.action == .put, previous.key != intent.key {
                try await storage.delete(previous.key)
            } else {
                try await storage.delete(intent.backup(of: tenant))
            }
            try await change.remove(intent.id)
        } catch {
            leftToRecovery(intent, tenant, error)
        }
    }

    /// Takes back what was done in storage. What can't be done now is left to recovery.
    ///
    /// That it is taken back is committed first: nobody finishes the change then, and without the lock nothing is touched
    /// in storage that is another's by now.
    ///
    /// Certain is what was done when the storage has answered everything it was asked: then nothing can come late.
    private func undo(
        _ intent: AgreementIntent, _ row: Agreement?, _ others: [AgreementIntent], isCertain: Bool,
        in change: any AgreementChange
    ) async throws(AccordError) {
        try await change.watch(intent.id, as: .undone)
        do throws(AccordError) {
            guard try await settlement.align(intent, with: row, among: [intent] + others) == nil else {
                throw .storageUnavailable
            }
            if isCertain { try await storage.delete(intent.backup(of: tenant)) }
        } catch {
            return try await change.settle(intent.id, as: .undone, isWatched: false)
        }
        if isCertain { try await change.remove(intent.id) }
    }

    /// Finds out what became of a change whose transaction failed, and finishes or undoes it.
    ///
    /// Waits for a database that can't be reached. When the time is over, the client is told that it failed, and the
    /// change is undone as soon as that can be done.
    private func conclude(
        _ intent: AgreementIntent, isInStorage: Bool, after error: AccordError
    ) async -> Result<Agreement?, AccordError> {
        // What the database refused once it is not asked for again.
        var maySucceed = isInStorage && error == .databaseUnavailable
        var isCertain = isInStorage
        var isUndone = false
        let failure = ContinuousClock.now
        while true {
            let finishes = maySucceed
            do throws(AccordError) {
                return try await conclude(
                    intent, isCertain: isCertain, &maySucceed, &isUndone, after: error, at: failure)
            } catch {
                // What was asked of the storage this time, to undo the change, may not have been answered.
                if !finishes { isCertain = false }
                guard ContinuousClock.now < failure + Self.patience else { break }
                try? await Task.sleep(for: .milliseconds(500))
            }
        }
        leftToRecovery(intent, tenant, error)
        Task { await undoWhenPossible(intent) }
        return .failure(error)
    }

    /// As above, once. The row is written if it may be, and the file is still as intended; only once, since a commit that
    /// fails again is a refusal.
    private func conclude(
        _ intent: AgreementIntent, isCertain: Bool, _ maySucceed: inout Bool, _ isUndone: inout Bool,
        after error: AccordError, at failure: ContinuousClock.Instant
    ) async throws(AccordError) -> Outcome {
        let finishes = maySucceed
        var isAsked = false
        var committed: Outcome?
        defer { if isAsked { maySucceed = false } }
        do throws(AccordError) {
            return try await agreements.change(of: tenant, with: intent.agreement.connectedOrgID) {
                change throws(AccordError) -> Outcome in
                isAsked = true
                let intents = try await change.intents()
                let row = try await change.current()
                switch intents.first(where: { $0.id == intent.id })?.state {
                case .open:
                    if finishes, try await settlement.isAsIntended(intent, row) {
                        return .success(try await finish(intent, row, in: change) { committed = .success($0) })
                    }
                    isUndone = true
                    let others = intents.filter { $0.id != intent.id }
                    try await undo(intent, row, others, isCertain: isCertain, in: change)
                    return .failure(error)
                case .undone:
                    // By recovery, perhaps before this change's file came to be stored.
                    do throws(AccordError) { _ = try await settlement.settleAll(in: change) } catch {}
                    return .failure(error)
                case .done:
                    // By the commit that seemed to fail, or by recovery, which does the rest.
                    return .success(intent.action == .put ? row : nil)
                case nil:
                    // Removed by the commit that seemed to fail. Recovery removes what it has undone, too, but later.
                    let isCommitted = !isUndone && ContinuousClock.now < failure + watchTime
                    return isCommitted ? .success(intent.action == .put ? row : nil) : .failure(error)
                }
            }
        } catch {
            if let committed { return committed }
            throw error
        }
    }

    /// Tries again and again, for as long as the process runs. Recovery may be first.
    private func undoWhenPossible(_ intent: AgreementIntent) async {
        var (maySucceed, isUndone) = (false, true)
        var pause = Duration.seconds(1)
        while true {
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .seconds(60))
            let result = try? await conclude(
                intent, isCertain: false, &maySucceed, &isUndone, after: .databaseUnavailable, at: .now)
            if result != nil { return }
        }
    }
}

extension IntendedChange.Action {
    /// The intent of changing what the row says.
    fileprivate func intent(
        by initiator: Initiator, over row: Agreement?
    ) throws(AccordError) -> AgreementIntent {
        switch self {
        case .put(let new, _): return AgreementIntent(.put, new, by: initiator, over: row)
        case .delete(_, let user):
            guard let row else { throw .agreementNotFound }
            return AgreementIntent(
                .delete,
                NewAgreement(
                    connectedOrgID: row.connectedOrgID, key: row.key, fileName: FileName(row.fileName),
                    fileSize: row.fileSize, fileSHA: row.fileSHA, createdByID: user),
                by: initiator, over: row)
        }
    }
}
