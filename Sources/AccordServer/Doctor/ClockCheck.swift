/// Whether this machine's clock agrees with those of the databases, the store and the server of the keys.
struct ClockCheck {
    let readings: [ClockReading]

    /// What tokens allow; a store allows fifteen minutes.
    static let tolerance = Duration.seconds(30)

    func run() -> CheckResult {
        guard !readings.isEmpty else {
            return CheckResult(.clock, .notChecked(since: "nobody who has another clock answers"))
        }
        let apart = readings.filter { abs($0.offset.components.seconds) > Self.tolerance.components.seconds }
        let findings = apart.map { reading in
            let seconds = abs(reading.offset.components.seconds)
            return Finding(
                .clock,
                "The clock of \(reading.machine) is \(seconds) s \(reading.offset > .zero ? "ahead of" : "behind") this machine's.",
                why: """
                    Beyond 30 s tokens are refused as expired or not yet valid, beyond 15 min the store refuses signatures.
                    """,
                remedy: "Run: timedatectl set-ntp true, on the one whose clock is wrong.")
        }
        return CheckResult(
            .clock, findings, passed: "within 30 s of \(readings.map(\.machine).joined(separator: ", "))")
    }
}
