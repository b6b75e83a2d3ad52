import Glibc

/// What libFuzzer calls with each input it makes up. The target is named by `FUZZ_TARGET`.
///
/// - Returns: 0; a problem ends the process, which keeps the input.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
    let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
    guard let problem = EngineFuzzer.problem(with: input) else { return 0 }
    fatalError("\(EngineFuzzer.target): \(problem)")
}

/// Asks a target and waits for its answer.
enum EngineFuzzer {
    static let target: FuzzTarget = {
        let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else { fatalError("FUZZ_TARGET=\(name) is no target") }
        return target
    }()

    /// Proof of `@unchecked Sendable`: the task writes `problem` before it posts, and it is read after the wait.
    @safe
    private final class Answer: @unchecked Sendable {
        var problem: String?
        let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

        init() { unsafe sem_init(semaphore, 0, 0) }
        deinit { unsafe semaphore.deallocate() }
    }

    static func problem(with input: [UInt8]) -> String? {
        let answer = Answer()
        Task.detached {
            answer.problem = await target.problem(with: input)
            unsafe sem_post(answer.semaphore)
        }
        while unsafe sem_wait(answer.semaphore) != 0 {}
        return answer.problem
    }
}
