import Glibc

/// Runs blocking work on a thread made for it, and gone after it.
///
/// Two calls have no other form: looking up a host name, and `PQcancel` (before libpq 17). Both are rare, at most one
/// of each per connection at a time, so the pool's budget bounds the threads.
///
/// - Returns: False if the system has no thread to give; the work is not run.
func onOwnThread(_ work: @escaping @Sendable () -> Void) -> Bool {
    final class Job: Sendable {
        let work: @Sendable () -> Void
        init(_ work: @escaping @Sendable () -> Void) { self.work = work }
    }

    // The new thread takes the reference over; only if there is none is it ours to give up.
    let job = unsafe Unmanaged.passRetained(Job(work))
    var thread = pthread_t()
    let status = unsafe pthread_create(
        &thread, nil,
        { argument in
            // `PQcancel` writes to a socket without keeping the signal from the process, which it would end.
            var signals = sigset_t()
            unsafe sigemptyset(&signals)
            unsafe sigaddset(&signals, SIGPIPE)
            unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
            if let argument = unsafe argument {
                unsafe Unmanaged<Job>.fromOpaque(argument).takeRetainedValue().work()
            }
            return nil
        },
        job.toOpaque()
    )
    guard status == 0 else {
        unsafe job.release()
        return false
    }
    pthread_detach(thread)
    return true
}
