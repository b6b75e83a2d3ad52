import Foundation
import Testing

@testable import AccordServer

@Suite struct StartCodeTests {
    @Test func `code takes less memory once that of the start is given back`() throws {
        let before = try fileMemory()
        StartCode.release()
        #expect(try fileMemory() < before)
    }

    /// The memory of mapped files, in KiB.
    private func fileMemory() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("RssFile:") })
        return try #require(Int(line.split(whereSeparator: \.isWhitespace)[1]))
    }
}
