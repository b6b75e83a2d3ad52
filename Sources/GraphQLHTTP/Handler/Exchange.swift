import HTTPTypes
import NIOCore

/// A request whose operations are executed: what all of them share.
struct Exchange<Context: AnyObject & Sendable>: Sendable {
    let head: HTTPRequest
    let requestID: String
    let context: Context
    let mediaType: ResponseMediaType
    let channel: any Channel
    /// When what still runs is given up; nil is never.
    var deadline: ContinuousClock.Instant?
    /// The body whose files may still be arriving; nil when it holds none.
    var reception: MultipartReception?

    /// Awaits `work`, and cancels it when the deadline has passed, the client has gone, or the server can't wait.
    ///
    /// What is cancelled is awaited all the same: when this returns, nothing of it runs any more.
    ///
    /// - Parameters:
    ///   - isWanted: Whether an outcome counts although it came after that.
    ///   - work: What is awaited.
    /// - Returns: What came of it.
    /// - Throws: Why it was given up.
    func supervise<Outcome: Sendable>(
        evenLate isWanted: (Outcome) -> Bool,
        _ work: @escaping @Sendable () async -> Outcome
    ) async throws(HTTPRefusal) -> Outcome {
        let event = await withTaskGroup(of: SupervisionEvent<Outcome>.self) { group in
            group.addTask { .done(await work()) }
            group.addTask { .ended(await untilEnded()) }
            if let deadline {
                group.addTask {
                    try? await Task.sleep(until: deadline, clock: .continuous)
                    return .outOfTime
                }
            }
            let first = await group.next() ?? .ended(nil)
            group.cancelAll()
            for await event in group {
                if case .done(let outcome) = event, isWanted(outcome) { return event }
            }
            return first
        }
        switch event {
        case .done(let outcome): return outcome
        case .outOfTime: throw givingUp(.outOfTime)
        case .ended(.serverStops): throw givingUp(.serverStops)
        // Nobody reads this, unless a client has closed only its sending half.
        case .ended: throw givingUp(.badRequest("The connection was closed before the answer was there."))
        }
    }

    private func givingUp(_ refusal: HTTPRefusal) -> HTTPRefusal {
        reception?.giveUp()
        return refusal
    }

    /// What a client has sent before it went is read first, where a file of it is wanted: it may be there whole.
    private func untilEnded() async -> ClientWatch.End? {
        let end = await ClientWatch.end(of: channel)
        if case .clientHasGone? = end, let reception, reception.isFileWanted { await reception.readingEnded() }
        return end
    }
}

/// What ended a supervision.
private enum SupervisionEvent<Outcome: Sendable>: Sendable {
    case done(Outcome)
    case outOfTime
    /// By the other end or by the server's.
    case ended(ClientWatch.End?)
}
