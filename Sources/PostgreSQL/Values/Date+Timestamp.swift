import FoundationEssentials

/// PostgreSQL counts microseconds from 2000-01-01 00:00 UTC, `Date` counts seconds from 2001-01-01 00:00 UTC, a leap
/// year later. A `Double` of seconds holds microseconds exactly enough for a thousand years around then.
extension Date {
    private static let secondsFrom2000To2001: TimeInterval = 366 * 86_400

    /// The value of a `timestamptz`; beyond its 64 bits, `infinity` or `-infinity`.
    var microsecondsSince2000: Int64 {
        let microseconds = ((timeIntervalSinceReferenceDate + Date.secondsFrom2000To2001) * 1_000_000).rounded()
        return Int64(exactly: microseconds) ?? (microseconds < 0 ? .min : .max)
    }

    init(microsecondsSince2000: Int64) {
        // Whole seconds and the rest apart, so that no precision is lost in a large number of microseconds.
        let (seconds, rest) = microsecondsSince2000.quotientAndRemainder(dividingBy: 1_000_000)
        let sinceReferenceDate = TimeInterval(seconds) - Date.secondsFrom2000To2001 + TimeInterval(rest) / 1_000_000
        self.init(timeIntervalSinceReferenceDate: sinceReferenceDate)
    }
}
