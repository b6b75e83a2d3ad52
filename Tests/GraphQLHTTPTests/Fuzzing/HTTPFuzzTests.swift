import SeededRandom
import Testing

/// Whatever strangers send, it is read in one way or refused. `make fuzz` goes on for longer, under the address sanitizer.
@Suite struct HTTPFuzzTests {
    @Test(arguments: HTTPFuzzTarget.allCases, [1, 2, .random(in: 3 ... .max)] as [UInt64])
    func `no input leads to nonsense`(_ target: HTTPFuzzTarget, _ seed: UInt64) {
        print("Fuzzing \(target) with the seed \(seed)")
        var random = SplitMix64(state: seed)
        for _ in 0..<2_000 {
            guard let problem = target.problem(&random) else { continue }
            Issue.record("seed \(seed), \(target): \(problem)")
            return
        }
    }
}
