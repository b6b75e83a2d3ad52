import HTTPTypes
import NIOCore

/// A request whose operations are executed: what all of them share.
struct Exchange<Context: AnyObject & Sendable>: Sendable {
    let head: HTTPRequest
    let requestID: String
    let context: Context
    let mediaType: ResponseMediaType
    let channel: any Channel
    /// Those of all requests.
    let deadlines: Deadlines
    /// When what still runs is given up; nil is never.
    var deadline: ContinuousClock.Instant?
    /// The body whose files may still be arriving; nil when it holds none.
    var reception: MultipartReception?

    /// Awaits `work`, and cancels it when the deadline has passed, the client has gone, or the server can't wait.
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
        let supervision = Supervision()
        var alarm: Deadlines.ID?
        let outcome = await supervision.run(work) {
            alarm = deadline.map { deadline in
                deadlines.add(deadline) { supervision.end(.outOfTime) }
            }
            ClientWatch.begin(on: channel) { end in whenOver(end) { supervision.end($0) } }
        }
        if let alarm { deadlines.remove(alarm) }
        guard let reason = supervision.reason, !isWanted(outcome) else { return outcome }
        reception?.giveUp()
        throw reason
    }

    /// Says why the work is to be ended. What a client has sent before it went is read first, where a file of it is
    /// wanted: it may be there whole.
    private func whenOver(_ end: ClientWatch.End, _ giveUp: @escaping @Sendable (HTTPRefusal) -> Void) {
        switch end {
        case .serverStops:
            giveUp(.serverStops)
        case .clientHasGone:
            // Nobody reads this, unless a client has closed only its sending half.
            let refusal = HTTPRefusal.badRequest("The connection was closed before the answer was there.")
            guard let reception, reception.isFileWanted else { return giveUp(refusal) }
            Task {
                await reception.readingEnded()
                giveUp(refusal)
            }
        }
    }
}
