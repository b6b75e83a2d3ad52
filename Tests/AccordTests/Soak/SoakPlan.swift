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
