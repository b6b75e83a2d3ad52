import Foundation
import Testing

@testable import S3

@Suite struct SigningTimeTests {
    @Test(
        arguments: [
            (0, "19700101T000000Z"),
            (1_369_353_600, "20130524T000000Z"),
            (951_782_399, "20000228T235959Z"),
            (951_782_400, "20000229T000000Z"),
            (951_868_800, "20000301T000000Z"),
            (1_709_251_199, "20240229T235959Z"),
            (1_735_689_599, "20241231T235959Z"),
            (1_735_689_600, "20250101T000000Z"),
            (4_107_542_400, "21000301T000000Z"),
            (-1, "19691231T235959Z"),
            (-86_401, "19691230T235959Z"),
        ] as [(Double, String)])
    func `a moment is written in UTC`(seconds: Double, timestamp: String) {
        let time = SigningTime(Date(timeIntervalSince1970: seconds))
        #expect(time.timestamp == timestamp)
        #expect(time.day == String(timestamp.prefix(8)))
    }

    @Test func `fractions of a second are cut off`() {
        #expect(SigningTime(Date(timeIntervalSince1970: 59.999)).timestamp == "19700101T000059Z")
        #expect(SigningTime(Date(timeIntervalSince1970: -0.5)).timestamp == "19691231T235959Z")
    }

    @Test func `every noon of three hundred years is the calendar's`() {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        for day in stride(from: -36_500, through: 73_000, by: 1) {
            let date = Date(timeIntervalSince1970: Double(day) * 86_400 + 43_200)
            let parts = calendar.dateComponents([.year, .month, .day], from: date)
            let expected = (parts.year ?? 0) * 10_000 + (parts.month ?? 0) * 100 + (parts.day ?? 0)
            guard SigningTime(date).day == String(expected) else {
                Issue.record("\(expected) became \(SigningTime(date).day)")
                return
            }
        }
    }
}
