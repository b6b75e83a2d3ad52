import SeededRandom
import Testing

@testable import GraphQLHTTP

struct MultipartParserTests {
    /// A part as it was read.
    struct Part: Hashable, CustomStringConvertible {
        var headers: PartHeaders
        var content = ""
        var isWhole = false

        var description: String { "\(headers.name ?? "-")/\(headers.fileName ?? "-"): \(content.debugDescription)" }
    }

    private func parse(_ chunks: [[UInt8]], boundary: String = "AaB03x", maximumParts: Int = 10) throws -> [Part] {
        var parser = try #require(MultipartParser(boundary: boundary, maximumParts: maximumParts))
        var parts: [Part] = []
        for chunk in chunks {
            for event in parser.feed(chunk) {
                switch event {
                case .partBegan(let headers): parts.append(Part(headers: headers))
                case .bytes(let bytes): parts[parts.count - 1].content += String(decoding: bytes, as: UTF8.self)
                case .partEnded: parts[parts.count - 1].isWhole = true
                case .finished: break
                case .failed(let error): throw error
                }
            }
        }
        if !parser.isFinished { parts.append(Part(headers: PartHeaders(name: "(cut off)"))) }
        return parts
    }

    private static let body =
        "a preamble\r\n--AaB03x \t\r\nContent-Disposition: form-data; name=\"operations\"\r\n\r\n{}\r\n--AaB0\r\n-\r\n"
        + "\r\n--AaB03x\r\ncontent-disposition: form-data;\r\n name=\"0\"; filename=\"ä.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\n\r\n\r\r\n--AaB03\r\n--AaB03x\r\n\r\n\r\n--AaB03x\r\n"
        + "Content-Disposition: form-data; name=\"empty\"\r\n\r\n--AaB03x--\r\nan epilogue --AaB03x\r\n"

    private static let parts = [
        Part(headers: PartHeaders(name: "operations"), content: "{}\r\n--AaB0\r\n-\r\n", isWhole: true),
        Part(
            headers: PartHeaders(name: "0", fileName: "ä.txt", contentType: "text/plain"),
            content: "\r\n\r\r\n--AaB03", isWhole: true),
        Part(headers: PartHeaders(name: nil), content: "", isWhole: true),
        Part(headers: PartHeaders(name: "empty"), content: "", isWhole: true),
    ]

    @Test func `a body in one chunk gives its parts`() throws {
        #expect(try parse([Array(Self.body.utf8)]) == Self.parts)
    }

    @Test func `every split of a body into two chunks gives the same parts`() throws {
        let body = Array(Self.body.utf8)
        for split in 0...body.count {
            #expect(try parse([Array(body[..<split]), Array(body[split...])]) == Self.parts, "split at \(split)")
        }
    }

    @Test(arguments: 1...7)
    func `a body in chunks of a few bytes gives the same parts`(_ count: Int) throws {
        let body = Array(Self.body.utf8)
        let chunks = stride(from: 0, to: body.count, by: count).map { Array(body[$0..<min($0 + count, body.count)]) }
        #expect(try parse(chunks) == Self.parts)
    }

    @Test func `random splits of a body give the same parts`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(state: seed)
        let body = Array(Self.body.utf8)
        for _ in 0..<500 {
            var chunks: [[UInt8]] = []
            var position = 0
            while position < body.count {
                let end = min(position + Int.random(in: 0...40, using: &random), body.count)
                chunks.append(Array(body[position..<end]))
                position = end
            }
            #expect(try parse(chunks) == Self.parts, "seed \(seed)")
        }
    }

    @Test func `a body cut off anywhere before its closing delimiter is not finished`() throws {
        let body = Array(Self.body.utf8)
        let end = try #require(Self.body.utf8.firstRange(of: "--AaB03x--".utf8))
        let closing = Self.body.utf8.distance(from: Self.body.startIndex, to: end.upperBound)
        for count in 0..<closing {
            #expect(try parse([Array(body[..<count])]).last?.headers.name == "(cut off)", "cut after \(count)")
        }
    }

    @Test func `content of every byte value passes unchanged`() throws {
        let content = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 3) }
        let body = Array("--b\r\n\r\n".utf8) + content + Array("\r\n--b--".utf8)
        for split in stride(from: 0, through: body.count, by: 13) {
            var parser = try #require(MultipartParser(boundary: "b", maximumParts: 1))
            let events = parser.feed(Array(body[..<split])) + parser.feed(Array(body[split...]))
            let read = events.flatMap { event -> ArraySlice<UInt8> in
                if case .bytes(let bytes) = event { bytes } else { [] }
            }
            #expect(read == content)
        }
    }

    @Test(arguments: [
        ("--AaB03x\n\n\n--AaB03x--", MultipartError.malformedDelimiter),
        ("--AaB03xyz\r\n\r\n", .malformedDelimiter),
        ("--AaB03x-\r\n", .malformedDelimiter),
        ("--AaB03x\r\nno colon\r\n\r\n", .malformedHeaders),
        ("--AaB03x\r\n: x\r\n\r\n", .malformedHeaders),
        ("--AaB03x\r\n folded: first\r\n\r\n", .malformedHeaders),
        ("--AaB03x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n", .malformedHeaders),
        ("--AaB03x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n", .malformedHeaders),
        ("--AaB03x\r\nContent-Transfer-Encoding: base64\r\n\r\n", .unsupportedEncoding("base64")),
    ])
    func `a malformed body is refused`(_ body: String, _ error: MultipartError) {
        #expect(throws: error) { try parse([Array(body.utf8)]) }
        #expect(throws: error) { try parse(body.utf8.map { [$0] }) }
    }

    @Test func `ten parts are read, one more is refused`() throws {
        let part = "--AaB03x\r\n\r\n\r\n"
        for count in [9, 10] {
            #expect(try parse([Array((String(repeating: part, count: count) + "--AaB03x--").utf8)]).count == count)
        }
        #expect(throws: MultipartError.tooManyParts(limit: 10)) {
            try parse([Array((String(repeating: part, count: 11) + "--AaB03x--").utf8)])
        }
    }

    @Test func `a preamble of the largest size is skipped, one byte more is refused`() throws {
        let preamble = String(repeating: "a", count: MultipartParser.maximumHeaderBytes - 2)
        for count in [1, 1000, 50_000] {
            func chunks(_ text: String) -> [[UInt8]] {
                let bytes = Array(text.utf8)
                return stride(from: 0, to: bytes.count, by: count).map {
                    Array(bytes[$0..<min($0 + count, bytes.count)])
                }
            }
            #expect(try parse(chunks(preamble + "\r\n--AaB03x--")) == [])
            #expect(throws: MultipartError.noDelimiter) { try parse(chunks(preamble + "a\r\n--AaB03x--")) }
        }
    }

    @Test func `headers of the largest size are read, one byte more is refused`() throws {
        let line = "X: " + String(repeating: "a", count: MultipartParser.maximumHeaderBytes - 5)
        #expect(try parse([Array("--AaB03x\r\n\(line)\r\n\r\n\r\n--AaB03x--".utf8)]).count == 1)
        #expect(throws: MultipartError.headersTooLarge) {
            try parse([Array("--AaB03x\r\n\(line)a\r\n\r\n\r\n--AaB03x--".utf8)])
        }
    }

    @Test(arguments: ["", String(repeating: "b", count: 71), "a\u{7}b", "ä"])
    func `a boundary outside RFC 2046 is refused`(_ boundary: String) {
        #expect(MultipartParser(boundary: boundary, maximumParts: 1) == nil)
    }

    @Test func `random bytes never crash the parser`() throws {
        let seed = UInt64.random(in: .min ... .max)
        var random = SplitMix64(state: seed)
        let pieces = [
            "\r", "\n", "-", "--", "\r\n", "--AaB03x", "\r\n--AaB03x", ":", " ", "a", "\"", "\r\n\r\n", "\u{0}",
        ]
        for _ in 0..<2000 {
            let body = (0..<Int.random(in: 0...30, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let whole = Result { try parse([Array(body.joined().utf8)]) }
            let split = Result { try parse(body.map { Array($0.utf8) }) }
            switch (whole, split) {
            case (.success(let whole), .success(let split)): #expect(whole == split, "seed \(seed)")
            case (.failure, .failure): break
            default: Issue.record("\(body) depends on its chunks; seed \(seed)")
            }
        }
    }
}
