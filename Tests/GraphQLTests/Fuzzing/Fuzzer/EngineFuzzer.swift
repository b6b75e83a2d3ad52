import Glibc

/// libFuzzer's own loop, which ends the process: it calls back with each input that it makes up.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ argumentCount: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ fuzzOneInput: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Asks the target that `FUZZ_TARGET` names about each input, and waits for its answer. A problem ends the process, and
/// libFuzzer keeps the input.
@main
enum EngineFuzzer {
    static func main() {
        var (count, arguments) = unsafe (CommandLine.argc, CommandLine.unsafeArgv)
        let status = unsafe runFuzzer(&count, &arguments) { bytes, count in
            let input = unsafe Array(UnsafeBufferPointer(start: bytes, count: count))
            if let problem = EngineFuzzer.problem(with: input) { fatalError("\(EngineFuzzer.target): \(problem)") }
            return 0
        }
        exit(status)
    }

    private static let target: FuzzTarget = {
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

    private static func problem(with input: [UInt8]) -> String? {
        let answer = Answer()
        Task.detached {
            answer.problem = await target.problem(with: input)
            unsafe sem_post(answer.semaphore)
        }
        while unsafe sem_wait(answer.semaphore) != 0 {}
        return answer.problem
    }
}
