import Glibc

/// Measures operations and prints a line of NDJSON for each figure.
struct Measurement {
    static let peer = "accord"

    /// Only workloads whose names contain this are measured.
    var filter = ""

    /// How often each operation runs, without being timed: for profilers, which count instructions.
    var repetitions: Int?

    private static let rounds = 7
    /// How long an operation is repeated before figures are taken, and then in each round, in microseconds.
    private static let warmUp = 300_000.0
    private static let round = 120_000.0

    func wants(_ workload: String) -> Bool { filter.isEmpty || workload.contains(filter) }

    /// Prints wall-clock and processor time of one operation: the median of several rounds, and the fastest.
    ///
    /// - Parameters:
    ///   - workload: what the lines are called.
    ///   - operation: returns a number that depends on its outcome.
    /// - Throws: what the operation throws.
    func time(_ workload: String, _ operation: () async throws -> Int) async throws {
        guard wants(workload) else { return }
        if let repetitions {
            for _ in 0..<repetitions { _ = try await operation() }
            return
        }
        var (wall, processor): ([Double], [Double]) = ([], [])
        var count = 1
        var sink = 0
        let start = now(CLOCK_PROCESS_CPUTIME_ID)
        var spent = 0.0
        while spent < Self.warmUp {
            for _ in 0..<count { sink &+= try await operation() }
            let before = spent
            spent = now(CLOCK_PROCESS_CPUTIME_ID) - start
            if spent - before < Self.warmUp / 10 { count *= 2 }
        }
        let begin = now(CLOCK_PROCESS_CPUTIME_ID)
        for _ in 0..<count { sink &+= try await operation() }
        let perOperation = (now(CLOCK_PROCESS_CPUTIME_ID) - begin) / Double(count)
        count = max(1, Int(Self.round / perOperation))
        for _ in 0..<Self.rounds {
            let (wallStart, processorStart) = (now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID))
            for _ in 0..<count { sink &+= try await operation() }
            processor.append((now(CLOCK_PROCESS_CPUTIME_ID) - processorStart) / Double(count))
            wall.append((now(CLOCK_MONOTONIC) - wallStart) / Double(count))
        }
        guard sink != Int.min else { return }
        wall.sort()
        processor.sort()
        emit(workload, "us_per_op", wall[Self.rounds / 2])
        emit(workload, "us_per_op_min", wall[0])
        emit(workload, "cpu_us_per_op", processor[Self.rounds / 2])
    }

    func emit(_ workload: String, _ metric: String, _ value: Double, unit: String = "us") {
        guard wants(workload) else { return }
        let rounded = (value * 1000).rounded() / 1000
        print(
            #"{"peer":"\#(Self.peer)","workload":"\#(workload)","metric":"\#(metric)","value":\#(rounded),"unit":"\#(unit)"}"#
        )
        fflush(nil)
    }

    /// A clock in microseconds.
    private func now(_ clock: clockid_t) -> Double {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
    }
}
