package import NIOCore

/// Runs the jobs of tasks that prefer it on an event loop's thread.
///
/// For the tasks of a connection: elsewhere, each piece that is read or written would wake another thread, which costs
/// more than most of what is done with it. What blocks, or computes for long, has no place there.
package final class EventLoopExecutor: TaskExecutor {
    private let eventLoop: any EventLoop

    /// Runs jobs on that event loop.
    package init(_ eventLoop: any EventLoop) {
        self.eventLoop = eventLoop
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        eventLoop.execute { [self] in unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
