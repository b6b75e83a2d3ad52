import CLibPQ
import Glibc
import Synchronization

/// The one thread that waits for the sockets of all sessions of a pool.
///
/// It tells a session that its socket has something (`Session.becameReady`), and while somebody has a deadline it
/// ticks. Nothing that it calls blocks. It holds the sessions that are open; a session leaves with `remove`.
///
/// Source: epoll(7), eventfd(2)
final class ReadinessThread: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// How late a deadline may be noticed.
    static let tick = Duration.milliseconds(10)

    /// What a session waits for its socket to be ready for.
    enum Interest {
        case reading, writing, both
    }

    private struct State {
        var sessions: [UInt64: Session] = [:]
        var lastID: UInt64 = 0
        /// The latest deadline that anybody mentioned. Ticking goes on until it has passed; nobody need take it back.
        var lastDeadline: Instant
        var isStopped = false
    }

    private let epoll: Int32
    private let wakeUp: Int32
    private let state: Mutex<State>
    private let onTick: @Sendable (Instant) -> Void

    /// Starts the thread, which lives until `stop`.
    ///
    /// - Parameter onTick: Called on the thread at every tick.
    init(onTick: @escaping @Sendable (Instant) -> Void) {
        epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
        wakeUp = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(epoll >= 0 && wakeUp >= 0, "The system has no file descriptor left for the database's sockets.")
        state = Mutex(State(lastDeadline: .now))
        self.onTick = onTick
        // Session numbers begin with 1, so 0 is the wake-up.
        _ = control(EPOLL_CTL_ADD, wakeUp, .reading, id: 0)
        let isRunning = onOwnThread { self.run() }
        precondition(isRunning, "The system has no thread left for the database's sockets.")
    }

    deinit {
        Glibc.close(epoll)
        Glibc.close(wakeUp)
    }

    /// Ends the thread, and lets go of the sessions.
    func stop() {
        state.withLock { $0.isStopped = true }
        wake()
    }

    /// Takes a session in, under the number that is returned.
    func add(_ session: Session) -> UInt64 {
        state.withLock { state in
            state.lastID += 1
            state.sessions[state.lastID] = session
            return state.lastID
        }
    }

    func remove(_ id: UInt64) {
        // The reference is dropped outside the lock: it may be the last one, and end the connection.
        _ = state.withLock { $0.sessions.removeValue(forKey: id) }
    }

    /// Watches a socket for its session, in place of what it was watched for before.
    ///
    /// libpq may close a socket and open another under the same number; the first is then no longer watched, which is
    /// why changing comes before adding.
    func watch(_ socket: Int32, for interest: Interest, id: UInt64) -> Bool {
        control(EPOLL_CTL_MOD, socket, interest, id: id)
            || (errno == ENOENT && control(EPOLL_CTL_ADD, socket, interest, id: id))
    }

    /// Makes sure that there are ticks until the deadline has passed.
    func tick(until deadline: Instant) {
        let wasAsleep = state.withLock { state in
            let wasAsleep = state.lastDeadline < .now
            state.lastDeadline = max(state.lastDeadline, deadline)
            return wasAsleep
        }
        if wasAsleep { wake() }
    }

    private func wake() {
        _ = eventfd_write(wakeUp, 1)
    }

    private func control(_ operation: Int32, _ descriptor: Int32, _ interest: Interest, id: UInt64) -> Bool {
        let events =
            switch interest {
            case .reading: EPOLLIN.rawValue
            case .writing: EPOLLOUT.rawValue
            case .both: EPOLLIN.rawValue | EPOLLOUT.rawValue
            }
        var event = unsafe epoll_event(events: events, data: epoll_data_t(u64: id))
        return unsafe epoll_ctl(epoll, operation, descriptor, &event) == 0
    }

    private func run() {
        var events = unsafe [epoll_event](repeating: epoll_event(), count: 64)
        var nextTick = Instant.now
        while true {
            let (isStopped, lastDeadline) = state.withLock { ($0.isStopped, $0.lastDeadline) }
            if isStopped { break }
            // One tick more than needed, so that the one after the last deadline isn't missed.
            let isTicking = lastDeadline + Self.tick * 2 > .now
            let timeout: Int32 = isTicking ? 10 : -1
            let count = unsafe epoll_wait(epoll, &events, Int32(events.count), timeout)
            for index in 0..<max(0, Int(count)) {
                let id = unsafe events[index].data.u64
                if id == 0 {
                    var wakeUps: eventfd_t = 0
                    unsafe _ = eventfd_read(wakeUp, &wakeUps)
                } else {
                    state.withLock { $0.sessions[id] }?.becameReady()
                }
            }
            let now = Instant.now
            if isTicking, now >= nextTick {
                nextTick = now + Self.tick
                let sessions = state.withLock { Array($0.sessions.values) }
                for session in sessions { session.tick(now) }
                onTick(now)
            }
        }
        let sessions = state.withLock { state in
            defer { state.sessions = [:] }
            return Array(state.sessions.values)
        }
        for session in sessions { session.close(.connectionLost("the connection pool is gone")) }
    }
}
