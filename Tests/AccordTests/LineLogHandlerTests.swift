import Foundation
import Logging
import Synchronization
import Testing

@testable import AccordServer

/// How a line looks in both forms, and who has the last word about it.
@Suite struct LineLogHandlerTests {
    @Test func `text has the metadata in the order of their keys`() throws {
        let line = try logged(as: .text)
        let expected =
            #/
            \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\ notice\ accord:\ a=own\ b=provided\ c=logger\ level=7\ n=0.5
            \ \[AccordTests\]\ It\ is\ "done"\n
            /#
        #expect(line.wholeMatch(of: expected) != nil, "\(line)")
    }

    @Test func `JSON has numbers as numbers, and no key twice`() throws {
        let line = try logged(as: .json)
        #expect(line.hasSuffix("}\n"))
        let rest = try #require(line.firstRange(of: #"Z","level""#)).lowerBound
        #expect(
            line[rest...] == """
                Z","level":"notice","message":"It is \\"done\\"","a":"own","b":"provided","c":"logger","n":0.5}

                """)
    }

    @Test func `an error that comes with a line is its cause`() throws {
        struct Broken: Error {}
        #expect(try logged(as: .text, error: Broken()).contains(" cause=Broken() "))
    }

    private func logged(as format: LogConfiguration.Format, error: (any Error)? = nil) throws -> String {
        let lines = Lines()
        let logger = Logger(label: "accord") { label in
            var handler = LineLogHandler(
                label: label, format: format, logLevel: .info,
                metadataProvider: Logger.MetadataProvider { ["a": "provided", "b": "provided"] }, write: lines.add)
            handler.metadata = ["a": "logger", "b": "logger", "c": "logger"]
            return handler
        }
        let metadata: Logger.Metadata = ["a": "own", "n": .stringConvertible(0.5), "level": "7"]
        logger.notice(#"It is "done""#, error: error, metadata: metadata)
        let all = lines.all
        try #require(all.count == 1)
        return String(decoding: all[0], as: UTF8.self)
    }

    private final class Lines: Sendable {
        private let lines = Mutex<[[UInt8]]>([])

        var all: [[UInt8]] { lines.withLock { $0 } }

        @Sendable func add(_ line: [UInt8]) { lines.withLock { $0.append(line) } }
    }
}
