import AccordAPI
import FoundationEssentials
import Testing

struct DateTimeTests {
    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_732_924_799_999_999, "2024-11-29T23:59:59.999Z"),
        (951_782_400_000_000, "2000-02-29T00:00:00.000Z"), (4_107_542_399_123_456, "2100-02-28T23:59:59.123Z"),
        (-1_000, "1969-12-31T23:59:59.999Z"), (253_402_300_799_999_000, "9999-12-31T23:59:59.999Z"),
    ])
    func `a moment is written after RFC 3339, cut off at milliseconds`(microseconds: Int, text: String) {
        #expect(Date(timeIntervalSince1970: Double(microseconds) / 1_000_000).rfc3339 == text)
    }

    @Test func `every microsecond that PostgreSQL has is within its millisecond`() {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<10_000 {
            let microseconds = Int.random(in: 0..<4_000_000_000_000_000, using: &generator)
            let text = Date(timeIntervalSince1970: Double(microseconds) / 1_000_000).rfc3339
            let milliseconds = String(1_000 + microseconds / 1_000 % 1_000).dropFirst()
            #expect(text.hasSuffix(".\(milliseconds)Z"), "\(microseconds) µs")
            let second = Date(timeIntervalSince1970: Double(microseconds / 1_000_000))
            #expect(text.hasPrefix(second.formatted(.iso8601).dropLast()), "\(microseconds) µs")
        }
    }
}
