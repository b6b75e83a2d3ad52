package import FoundationEssentials

/// A moment as signatures write it: UTC, whole seconds, ISO 8601 basic format.
///
/// Make one for a request's many presigned URLs, rather than one for each.
package struct SigningTime: Hashable, Sendable {
    /// `20130524`
    let day: String

    /// `20130524T000000Z`
    let timestamp: String

    /// Fractions of a second are cut off.
    package init(_ date: Date) {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        let (days, secondOfDay) = seconds.flooredDivision(by: 86_400)
        let civil = CivilDay(daysSince1970: days)
        day = civil.year.digits(4) + civil.month.digits(2) + civil.day.digits(2)
        timestamp =
            day + "T" + (secondOfDay / 3600).digits(2) + (secondOfDay / 60 % 60).digits(2)
            + (secondOfDay % 60).digits(2)
            + "Z"
    }
}

/// A day of the Gregorian calendar by integer arithmetic: a calendar and a formatter would cost a hundred times as much.
///
/// The months are counted from March, so that the leap day is a year's last (H. Hinnant, chrono-compatible low-level date
/// algorithms, `civil_from_days`).
private struct CivilDay {
    let year: Int
    let month: Int
    let day: Int

    init(daysSince1970 days: Int) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }
}

extension Int {
    /// With a remainder that is never negative.
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let remainder = self % divisor
        return remainder < 0 ? (self / divisor - 1, remainder + divisor) : (self / divisor, remainder)
    }

    fileprivate func digits(_ count: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, count - text.utf8.count)) + text
    }
}
