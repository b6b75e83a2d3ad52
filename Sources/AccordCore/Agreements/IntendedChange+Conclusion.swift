/// What becomes of a change whose transaction failed: it is looked up, and finished or undone.
extension IntendedChange {
    /// How long the end is looked for before the client is told that it failed.
    private static let patience = Duration.seconds(15)

    private struct Conclusion: Sendable {
        let progress: Progress
        let error: AccordError
        let since = ContinuousClock.now
        /// Whether the row may be written if the file is as intended: once only, since a commit that fails again is refused.
        var mayGoForward: Bool
        /// Whether the storage has answered all that it was asked for this change.
        var isCertain: Bool
        /// Whether it was undone here.
        var isUndone = false
    }

    /// Finds out what became of a change, and ends it one way or the other.
    ///
    /// Waits for a database that can't be reached. When the time is over, the client is told that it failed, and the change
    /// is undone as soon as that can be done; recovery may be first.
    func conclude(_ progress: Progress, after error: AccordError) async -> Answer {
        var conclusion = Conclusion(
            progress: progress, error: error,
            // What the database refused once it is not asked for again.
            mayGoForward: progress.stored != nil && error == .databaseUnavailable,
            isCertain: progress.stored == .certain)
        while .now < conclusion.since + Self.patience {
            if let answer = try? await look(&conclusion) { return answer }
            try? await Task.sleep(for: .milliseconds(500))
        }
        leftToRecovery(progress.intent, tenant, error)
        (conclusion.mayGoForward, conclusion.isCertain, conclusion.isUndone) = (false, false, true)
        Task { [conclusion] in
            var (conclusion, pause) = (conclusion, Duration.seconds(1))
            repeat {
                try? await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(60))
            } while (try? await look(&conclusion)) == nil
        }
        return .failure(error)
    }

    private func look(_ conclusion: inout Conclusion) async throws(AccordError) -> Answer {
        let intent = conclusion.progress.intent
        var isAsked = false
        defer {
            if isAsked, !conclusion.mayGoForward { conclusion.isCertain = false }
            if isAsked { conclusion.mayGoForward = false }
        }
        return try await agreements.change(of: tenant, with: intent.agreement.connectedOrgID) {
            change throws(AccordError) -> Answer in
            isAsked = true
            let state = try await change.intents().first { $0.id == intent.id }?.state
            // Removed by the commit that seemed to fail. Recovery removes what it has undone, too, but later.
            let isRemoved = state == nil && !conclusion.isUndone && .now < conclusion.progress.since + watchTime
            if state == .done || isRemoved {
                return .success(intent.action == .put ? try await change.current() : nil)
            }
            guard state == .open else {
                // Undone by somebody else, perhaps before this change's request took effect: the row's file may be gone, or
                // another. So it is looked at before the client is told.
                conclusion.isUndone = true
                if state != nil {
                    // The request may just have been sent.
                    try await change.watchAnew()
                    try await undo(intent, in: change)
                }
                return .failure(conclusion.error)
            }
            let own = [intent.id, conclusion.progress.copy?.id].compactMap { $0 }
            let found = try await settlement.settle(
                in: change, undoing: conclusion.mayGoForward ? nil : intent.id,
                certain: conclusion.isCertain ? Set(own) : [])
            conclusion.isUndone = found.intents.first { $0.id == intent.id }?.state != .done
            if conclusion.isUndone { return .failure(conclusion.error) }
            return .success(intent.action == .put ? found.row : nil)
        }
    }
}
