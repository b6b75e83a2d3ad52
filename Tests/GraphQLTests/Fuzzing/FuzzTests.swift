import GraphQL
import Testing

/// Whatever the input is, the engine answers, and the answer makes sense.
///
/// A crash ends the test process, so the seed is printed first. `ACCORD_FUZZ_SEED` runs one again; `make fuzz` runs
/// longer.
@Suite struct FuzzTests {
    @Test(arguments: FuzzTarget.allCases, [1, 2, FuzzSeed.random])
    func `no input leads to nonsense`(_ target: FuzzTarget, _ seed: UInt64) async {
        print("Fuzzing \(target) with ACCORD_FUZZ_SEED=\(seed)")
        var mutator = FuzzMutator(target.corpus, seed: seed)
        for _ in 0..<target.iterations {
            let input = mutator.next()
            guard let problem = await target.problem(with: input) else { continue }
            Issue.record("seed \(seed), \(target): \(problem)\n\(String(decoding: input, as: UTF8.self))\n\(input)")
        }
    }

    /// `make fuzz` asks for it: every target in turn, with random seeds, until the time is over.
    @Test(
        .enabled(if: FuzzSeed.seconds > 0, "make fuzz runs it"), .timeLimit(.minutes(600)))
    func `no input leads to nonsense, for as long as wanted`() async {
        let end = ContinuousClock.now + .seconds(FuzzSeed.seconds)
        var inputs = 0
        while ContinuousClock.now < end {
            for target in FuzzTarget.allCases {
                await `no input leads to nonsense`(target, .random(in: 3 ... .max))
                inputs += target.iterations
            }
        }
        print("Fuzzed with \(inputs) inputs in \(FuzzSeed.seconds) seconds")
    }

    @Test func `most random operations are valid`() async {
        var valid = 0
        for seed in 0..<100 {
            var entropy = Entropy(seed: UInt64(seed))
            let request = FuzzOperation(&entropy, FuzzSchema.executable.schema)
            if await FuzzSchema.answer(request) != nil { valid += 1 }
        }
        #expect(valid > 70)
    }
}

extension FuzzTarget {
    /// How many inputs a test has time for.
    fileprivate var iterations: Int {
        switch self {
        case .parser, .json: 2_000
        case .grammar, .schema, .validation: 800
        case .execution: 300
        }
    }
}
