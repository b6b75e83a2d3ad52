import Foundation

/// How much is asked, of whom, and what answers.
struct SoakPlan: Sendable {
    let requests: Int
    let tenants: Int
    let seed: UInt64
    /// The `accord` that serves.
    let program: String

    /// What `make test` does, or what the environment says: `make soak` says more.
    static let current: SoakPlan = {
        let environment = ProcessInfo.processInfo.environment
        return SoakPlan(
            requests: environment["ACCORD_SOAK_REQUESTS"].flatMap { Int($0) } ?? 3_000,
            tenants: environment["ACCORD_SOAK_TENANTS"].flatMap { Int($0) } ?? 10,
            seed: environment["ACCORD_SOAK_SEED"].flatMap { UInt64($0) } ?? .random(in: 0 ... .max),
            program: environment["ACCORD_SOAK_PROGRAM"] ?? AccordCommand.path)
    }()
}

/// Random numbers that a seed repeats.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
