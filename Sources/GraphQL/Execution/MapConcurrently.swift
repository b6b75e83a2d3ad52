import Synchronization

/// The outcome of `transform` for each parent, in order; several run at a time.
@inlinable
func mapConcurrently<Parent: Sendable, Output: Sendable>(
    _ parents: [Parent], _ transform: @escaping @Sendable (Parent) async throws -> Output
) async -> [Result<Output, any Error>] {
    let outcomes = Outcomes<Output>(count: parents.count)
    let positions = Positions(count: parents.count)
    @Sendable func work() async {
        while let position = positions.next() {
            if Task.isCancelled {
                outcomes.set(.failure(CancellationError()), at: position)
                continue
            }
            do {
                let output = try await transform(parents[position])
                outcomes.set(.success(output), at: position)
            } catch {
                outcomes.set(.failure(error), at: position)
            }
        }
    }
    if parents.count == 1 {
        await work()
    } else {
        let lane = Lane()
        await withTaskGroup { group in
            lane.start {
                for _ in 0..<min(concurrentCalls, parents.count) {
                    group.addTask(executorPreference: lane) { await work() }
                }
            }
        }
    }
    return outcomes.all
}

/// How many calls of one awaited field run at a time.
@usableFromInline let concurrentCalls = 8

/// Positions, each of which is given to one worker.
@usableFromInline
final class Positions: Sendable {
    private let count: Int
    private let given = Atomic<Int>(0)

    @usableFromInline init(count: Int) { self.count = count }

    /// A position that nobody has been given; nil when there is none left.
    @usableFromInline
    func next() -> Int? {
        let position = given.add(1, ordering: .relaxed).oldValue
        return position < count ? position : nil
    }
}

/// What calls that run beside each other come to.
///
/// Proof of `@unchecked Sendable`: `Positions` gives each position to one worker, which alone writes it; `all` is read when
/// every worker has ended, and then all positions are written.
@safe
@usableFromInline
final class Outcomes<Output: Sendable>: @unchecked Sendable {
    @usableFromInline let start: UnsafeMutablePointer<Result<Output, any Error>>
    @usableFromInline let count: Int

    @inlinable
    init(count: Int) {
        self.count = count
        unsafe start = .allocate(capacity: count)
    }

    @inlinable
    deinit {
        unsafe start.deinitialize(count: count)
        unsafe start.deallocate()
    }

    @inlinable
    func set(_ outcome: Result<Output, any Error>, at position: Int) {
        unsafe (start + position).initialize(to: outcome)
    }

    @inlinable
    var all: [Result<Output, any Error>] { unsafe Array(UnsafeBufferPointer(start: start, count: count)) }
}
