package import FoundationEssentials
import Glibc

extension Date {
    /// The moment as RFC 3339 writes it in UTC, with milliseconds, what is finer cut off: `2026-11-30T20:15:42.123Z`.
    ///
    /// A quarter of the time that a formatter takes, since lists have many of them. Years before 0 and beyond 9999, for which
    /// RFC 3339 has no form, are left to that.
    package var rfc3339: String {
        // To the microsecond, a date is exact; below it, not.
        let microseconds = (timeIntervalSince1970 * 1_000_000).rounded()
        guard microseconds >= -62_167_219_200_000_000, microseconds < 253_402_300_800_000_000 else {
            return formatted(ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        let second = (microseconds / 1_000_000).rounded(.down)
        let fraction = Int(microseconds - second * 1_000_000)
        var time = time_t(second)
        var parts = unsafe tm()
        guard unsafe gmtime_r(&time, &parts) != nil else { return "" }
        return unsafe String(unsafeUninitializedCapacity: 24) { text in
            var end = 0
            func append(_ number: Int, _ digits: Int, _ mark: Unicode.Scalar) {
                var rest = number
                for place in (end..<(end + digits)).reversed() {
                    unsafe text[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                unsafe text[end + digits] = UInt8(ascii: mark)
                end += digits + 1
            }
            unsafe append(Int(parts.tm_year) + 1900, 4, "-")
            unsafe append(Int(parts.tm_mon) + 1, 2, "-")
            unsafe append(Int(parts.tm_mday), 2, "T")
            unsafe append(Int(parts.tm_hour), 2, ":")
            unsafe append(Int(parts.tm_min), 2, ":")
            unsafe append(Int(parts.tm_sec), 2, ".")
            append(fraction / 1_000, 3, "Z")
            return end
        }
    }
}
