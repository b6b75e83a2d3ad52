package import FoundationEssentials
import Glibc

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
        var time = time_t(date.timeIntervalSince1970.rounded(.down))
        var parts = unsafe tm()
        _ = unsafe gmtime_r(&time, &parts)
        day =
            unsafe (Int(parts.tm_year) + 1900).digits(4) + (Int(parts.tm_mon) + 1).digits(2)
            + Int(parts.tm_mday).digits(2)
        let clock = unsafe [parts.tm_hour, parts.tm_min, parts.tm_sec].map { Int($0).digits(2) }
        timestamp = "\(day)T\(clock.joined())Z"
    }
}

extension Int {
    fileprivate func digits(_ count: Int) -> String {
        let text = String(self)
        return String(repeating: "0", count: Swift.max(0, count - text.utf8.count)) + text
    }
}
