/// Does something until it comes to what is expected, up to five times: a machine that stalls for seconds overruns the times
/// that the server itself keeps.
///
/// - Returns: What it came to at last.
func repeated<Outcome>(
    _ work: () async throws -> Outcome, until isExpected: (Outcome) -> Bool
) async throws -> Outcome {
    for _ in 1...4 {
        let outcome = try await work()
        if isExpected(outcome) { return outcome }
    }
    return try await work()
}
