import NIOCore

/// Runs the jobs of tasks that prefer it on an event loop's thread.
///
/// For a task that goes on whenever its connection has read something, and then does little: elsewhere, each piece would
/// wake another thread, which costs more than what is done with it.
final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { [self] in unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
