/// The decisions of one database session: who waits for what, and what happens when it comes, fails or takes too long.
///
/// A plain value without sockets, threads and clocks. Its functions return what is to be done; `Session` does it. A
/// waiter is resumed exactly once, with the last thing that its request came to.
///
/// `Waiter` is what gets resumed and `Reply` what one statement is answered with.
struct SessionState<Waiter, Reply> {
    typealias Outcome = Result<Reply, PostgreSQLError>
    typealias Instant = ContinuousClock.Instant

    /// A waiter and what to tell it, to be done once the lock is released.
    struct Resumption {
        var waiter: Waiter
        var outcome: Outcome
    }

    enum Phase {
        case unopened
        case connecting(Waiter)
        case ready
        case busy(Request)
        case closed(PostgreSQLError)
    }

    /// A command under way, from its sending until the server is ready for the next one.
    struct Request {
        var id: UInt64
        var waiter: Waiter
        /// The first error, or else the last reply.
        var outcome: Outcome?
        /// The server is ready for the next command.
        var isAnswered = false
        var cancellation = Cancellation.none
    }

    /// A cancel request travels on a connection of its own, and the server applies it to whatever runs when it arrives.
    /// One that comes late could hit the next command, so a request that asked to be cancelled isn't over until its
    /// cancel request is. One that comes before the command itself has no effect, so it is sent again.
    enum Cancellation: Equatable {
        case none
        case underWay
        case delivered(at: Instant)
    }

    /// How long a delivered cancel request is given before it is sent again.
    static var cancelInterval: Duration { .milliseconds(100) }

    /// The request number that stands for connecting.
    static var connecting: UInt64 { 0 }

    private(set) var phase = Phase.unopened
    /// When the patience with the server ends, and the session with it.
    private(set) var deadline: Instant?
    /// The request whose cancellation came before it had begun.
    private var cancelledInAdvance: UInt64?

    /// The waiter wants the session opened.
    ///
    /// - Returns: A resumption if its task is cancelled already.
    mutating func connect(_ waiter: Waiter, deadline: Instant) -> Resumption? {
        phase = .connecting(waiter)
        guard cancelledInAdvance != Self.connecting else { return close(.cancelled) }
        self.deadline = deadline
        return nil
    }

    mutating func connected(_ reply: Reply) -> Resumption? {
        guard case .connecting(let waiter) = phase else { return nil }
        phase = .ready
        deadline = nil
        return Resumption(waiter: waiter, outcome: .success(reply))
    }

    /// The waiter wants a command sent.
    ///
    /// - Returns: Nil if it is to be sent now; otherwise why it isn't.
    mutating func begin(_ id: UInt64, _ waiter: Waiter, deadline: Instant?) -> Resumption? {
        switch phase {
        case .closed(let error):
            return Resumption(waiter: waiter, outcome: .failure(error))
        case .ready:
            guard cancelledInAdvance != id else { return Resumption(waiter: waiter, outcome: .failure(.cancelled)) }
            phase = .busy(Request(id: id, waiter: waiter))
            self.deadline = deadline
            return nil
        case .unopened, .connecting, .busy:
            // `PostgreSQLConnection` isn't `Sendable`, so nobody can use it for two things at once.
            preconditionFailure("A database session runs one statement at a time.")
        }
    }

    /// One statement of the command was answered.
    mutating func received(_ outcome: Outcome) {
        guard case .busy(var request) = phase else { return }
        if case .failure = request.outcome { return }
        request.outcome = outcome
        phase = .busy(request)
    }

    /// The server is ready for the next command.
    mutating func answered() -> Resumption? {
        guard case .busy(var request) = phase else { return nil }
        request.isAnswered = true
        phase = .busy(request)
        return finishIfOver()
    }

    enum CancelStep {
        case none
        /// Send a cancel request and call `cancelDelivered` after it.
        case send
        /// Nothing is lost by ending the session.
        case close
    }

    /// The task that waits for the request was cancelled.
    /// The deadline says how long the server may take to obey.
    mutating func cancel(_ id: UInt64, deadline: Instant) -> CancelStep {
        switch phase {
        case .unopened, .ready:
            cancelledInAdvance = id
            return .none
        case .connecting:
            return .close
        case .busy(var request):
            guard request.id == id else { return .none }
            request.cancellation = .underWay
            phase = .busy(request)
            self.deadline = min(deadline, self.deadline ?? deadline)
            return .send
        case .closed:
            return .none
        }
    }

    /// The server has the cancel request, or won't get it.
    mutating func cancelDelivered(_ id: UInt64, at now: Instant) -> Resumption? {
        guard case .busy(var request) = phase, request.id == id else { return nil }
        request.cancellation = .delivered(at: now)
        phase = .busy(request)
        return finishIfOver()
    }

    /// The request whose cancel request is to be sent again, nil if there is none.
    mutating func cancelAgain(at now: Instant) -> UInt64? {
        guard case .busy(var request) = phase, case .delivered(let delivery) = request.cancellation,
            delivery + Self.cancelInterval <= now
        else { return nil }
        request.cancellation = .underWay
        phase = .busy(request)
        return request.id
    }

    /// The session has ended, for this reason.
    mutating func close(_ error: PostgreSQLError) -> Resumption? {
        defer {
            phase = .closed(error)
            deadline = nil
        }
        switch phase {
        case .unopened, .ready, .closed: return nil
        case .connecting(let waiter): return Resumption(waiter: waiter, outcome: .failure(error))
        case .busy(let request): return Resumption(waiter: request.waiter, outcome: request.outcomeAtClose(error))
        }
    }

    /// The reason to end the session now, nil while there is none.
    func expired(at now: Instant) -> PostgreSQLError? {
        guard let deadline, deadline <= now else { return nil }
        switch phase {
        case .connecting: return .connectionFailed("the server did not answer in time")
        case .busy(let request) where request.cancellation != .none: return .cancelled
        default: return .connectionLost("the server did not answer in time")
        }
    }

    private mutating func finishIfOver() -> Resumption? {
        guard case .busy(let request) = phase, request.isAnswered, request.cancellation != .underWay else { return nil }
        phase = .ready
        deadline = nil
        return Resumption(waiter: request.waiter, outcome: request.finalOutcome)
    }
}

extension SessionState: Sendable where Waiter: Sendable, Reply: Sendable {}
extension SessionState.Phase: Sendable where Waiter: Sendable, Reply: Sendable {}
extension SessionState.Request: Sendable where Waiter: Sendable, Reply: Sendable {}
extension SessionState.Resumption: Sendable where Waiter: Sendable, Reply: Sendable {}

extension SessionState.Request {
    /// What the waiter is told once the server is ready: a statement that a cancel request ended was cancelled; one
    /// that the cancel request came too late for did what it did, and its caller hears so.
    fileprivate var finalOutcome: SessionState.Outcome {
        switch outcome {
        case .failure(let error) where cancellation != .none && error.sqlState == .queryCanceled: .failure(.cancelled)
        case .some(let outcome): outcome
        case .none: .failure(.connectionLost("the server gave no answer"))
        }
    }

    /// What the waiter is told when the session ends under it. An error that came before the end is the server's own
    /// account of it.
    fileprivate func outcomeAtClose(_ error: PostgreSQLError) -> SessionState.Outcome {
        if isAnswered { return finalOutcome }
        if case .connectionLost = error, case .failure(.server(let cause)) = outcome {
            return .failure(.connectionLost(cause.description))
        }
        return .failure(error)
    }
}
