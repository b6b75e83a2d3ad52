import AccordDevelopment
import Foundation
import Gzip
import Testing

/// Compressed bytes are those that gzip itself reads.
struct GzipTests {
    @Test(arguments: [0, 1, 1_000, 100_000, 5_000_000])
    func `what was compressed is what gzip makes of it`(_ count: Int) throws {
        var seed: UInt64 = 1
        let bytes = (0..<count).map { index -> UInt8 in
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            // Half of it can't be made smaller.
            return index % 2 == 0 ? UInt8(truncatingIfNeeded: seed >> 33) : 97
        }
        let compressed = try #require(Gzip.compress(bytes))
        #expect(try unpack(compressed) == bytes)
    }

    @Test func `text is made smaller`() throws {
        let text = Array(String(repeating: #"{"id":"9133da7c","name":"Keystone Electric"},"#, count: 400).utf8)
        #expect(try #require(Gzip.compress(text)).count < text.count / 20)
    }

    /// What the program gzip makes of a file.
    private func unpack(_ file: [UInt8]) throws -> [UInt8] {
        let path = FileManager.default.temporaryDirectory.appending(path: "accord-\(UUID().uuidString).gz")
        defer { try? FileManager.default.removeItem(at: path) }
        try Data(file).write(to: path)
        let output = FileManager.default.temporaryDirectory.appending(path: "accord-\(UUID().uuidString)")
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)
        let process = try Process.start { process in
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["gzip", "--decompress", "--stdout", path.path]
            process.standardOutput = handle
        }
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Array(try Data(contentsOf: output))
    }
}
