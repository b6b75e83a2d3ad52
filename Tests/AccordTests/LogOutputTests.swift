import Foundation
import Testing

@testable import AccordServer

/// Lines reach their file whole and in order, and nobody waits for it.
@Suite(.timeLimit(.minutes(1)))
struct LogOutputTests {
    private let pipe = Pipe()
    private var output: LogOutput { LogOutput(descriptor: pipe.fileHandleForWriting.fileDescriptor) }

    @Test func `lines of many threads are written whole`() async throws {
        let output = output
        await withTaskGroup { group in
            for number in 0..<8 {
                group.addTask {
                    for line in 0..<50 {
                        output.write(Array("\(number) \(line) \(String(repeating: "x", count: 50))\n".utf8))
                    }
                }
            }
        }
        output.flush()
        while output.isWriting { try await Task.sleep(for: .milliseconds(5)) }
        try pipe.fileHandleForWriting.close()
        let lines = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self).split(
            separator: "\n")
        #expect(lines.count == 400)
        for number in 0..<8 {
            let own = lines.filter { $0.hasPrefix("\(number) ") }
            #expect(own == (0..<50).map { "\(number) \($0) \(String(repeating: "x", count: 50))" })
        }
    }

    @Test func `a reader who takes nothing stops nobody, and lines beyond the limit are lost`() async throws {
        let output = output
        let line = Array((String(repeating: "x", count: 1023) + "\n").utf8)
        let count = 4 * LogOutput.maximumBytes >> 10
        for _ in 0..<count { output.write(line) }
        let lost = output.lostLines
        #expect((1..<count).contains(lost))
        // Some of it was in the pipe already, and some on its way there.
        #expect(lost >= count - 3 * LogOutput.maximumBytes >> 10)

        let received = Task.detached { [pipe] in pipe.fileHandleForReading.readDataToEndOfFile().count }
        while output.isWriting { try await Task.sleep(for: .milliseconds(5)) }
        output.write(Array("the last\n".utf8))
        while output.isWriting { try await Task.sleep(for: .milliseconds(5)) }
        try pipe.fileHandleForWriting.close()
        #expect(await received.value == (count - lost) << 10 + 9)
        #expect(output.lostLines == lost)
    }
}
