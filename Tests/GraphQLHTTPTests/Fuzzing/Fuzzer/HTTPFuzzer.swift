import SeededRandom
import Glibc

/// Feeds every target for so many seconds: HTTPFuzzer SECONDS. A problem ends the process; the seed was printed before.
@main
enum HTTPFuzzer {
    static func main() {
        let seconds = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 60
        let end = ContinuousClock.now + .seconds(seconds)
        var inputs = 0
        while ContinuousClock.now < end {
            let seed = UInt64.random(in: .min ... .max)
            print("seed \(seed)")
            // A crash must not take the line with it.
            fflush(nil)
            for target in HTTPFuzzTarget.allCases {
                var random = SplitMix64(state: seed)
                for _ in 0..<2_000 {
                    if let problem = target.problem(&random) { fatalError("\(target), seed \(seed): \(problem)") }
                }
                inputs += 2_000
            }
        }
        print("inputs: \(inputs)")
    }
}
