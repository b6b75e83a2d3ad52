/// Waits for work until a deadline, and no longer, even if the work heeds no cancellation.
///
/// - Returns: what the work gave; nil if it was not done in time. It is cancelled then.
func answer<Value: Sendable>(
    by deadline: ContinuousClock.Instant, of work: @escaping @Sendable () async -> Value
) async -> Value? {
    let (values, channel) = AsyncStream<Value?>.makeStream()
    // Tasks of their own: a scope would wait for work that hangs, in a resolver or on a disk that doesn't answer.
    let working = Task { channel.yield(await work()) }
    let waiting = Task {
        try? await Task.sleep(until: deadline)
        channel.yield(nil)
    }
    defer {
        working.cancel()
        waiting.cancel()
    }
    for await value in values { return value }
    return nil
}
