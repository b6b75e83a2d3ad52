import Synchronization

/// Runs the jobs of tasks that prefer it one after the other: first on the thread that starts the tasks, later on
/// whatever thread of the global executor comes first.
///
/// Resolvers suspend and resume often and do little in between. On the global executor each resumption may wake a thread,
/// which costs more than the call; here it is a place in a queue.
@usableFromInline
final class Lane: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        /// Whether some thread runs jobs, or will.
        var isRunning = false
    }

    private let state = Mutex(State())

    /// How many jobs run before others of the global executor get their turn.
    private static let turn = 512

    @usableFromInline init() {}

    @usableFromInline
    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let isFirst = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if isFirst { startRunning() }
    }

    /// Starts tasks that prefer the lane, and runs their jobs at once, on this thread, until all of them wait for
    /// something or the turn is over.
    @usableFromInline
    func start(_ startTasks: () -> Void) {
        let isAtRest = state.withLock { state in
            defer { state.isRunning = true }
            return !state.isRunning
        }
        startTasks()
        if isAtRest { run() }
    }

    private func startRunning() { Task.detached { self.run() } }

    private func run() {
        var left = Self.turn
        while let jobs = takeJobs() {
            for job in jobs { unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
            left -= jobs.count
            if left <= 0 { return startRunning() }
        }
    }

    /// The jobs that wait; nil, and the lane comes to rest, when there are none.
    private func takeJobs() -> [UnownedJob]? {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.isRunning = false
                return nil
            }
            defer { state.jobs = [] }
            return state.jobs
        }
    }
}
