import Foundation

/// The seed of this run, for tests that try random inputs. They print it, and `ACCORD_FUZZ_SEED` sets it.
enum FuzzSeed {
    static let random =
        ProcessInfo.processInfo.environment["ACCORD_FUZZ_SEED"].flatMap { UInt64($0) } ?? .random(in: 3 ... .max)
    /// How long `make fuzz` goes on, beyond what every run does.
    static let seconds = ProcessInfo.processInfo.environment["ACCORD_FUZZ_SECONDS"].flatMap { Int($0) } ?? 0
}
