import SeededRandom
import Testing

@testable import GraphQL

/// Whatever the bytes are, parsing ends with a document or an error that lies within the text.
struct ParserRobustnessTests {
    @Test(arguments: [KitchenSink.executable, KitchenSink.typeSystem])
    func `every truncation is answered`(_ text: String) {
        let bytes = Array(text.utf8)
        for count in bytes.indices { check(bytes.prefix(count)) }
    }

    @Test(arguments: [1, 2, 3, .random(in: 4 ... .max)] as [UInt64])
    func `damaged documents are answered`(_ seed: UInt64) {
        var generator = SplitMix64(state: seed)
        let fragments = [
            "{", "}", "(", ")", "[", "]", "!", "$", "@", ":", "=", "|", "&", "...", "\"", "\"\"\"", "\\", "\\u", "\\u{",
            "#", "\n", "\r", "\0", ",", "1", "-", ".", "e", "on", "query", "type", "extend", "true", "\u{FEFF}", "é",
            "\u{D7FF}",
        ].map { Array($0.utf8) }
        for text in [KitchenSink.executable, KitchenSink.typeSystem] {
            let bytes = Array(text.utf8)
            for _ in 0..<150 {
                var damaged = bytes
                for _ in 0...Int.random(in: 0..<3, using: &generator) {
                    let start = Int.random(in: damaged.indices, using: &generator)
                    let end = min(damaged.count, start + Int.random(in: 0..<8, using: &generator))
                    let fragment = fragments[Int.random(in: fragments.indices, using: &generator)]
                    damaged.replaceSubrange(start..<end, with: fragment)
                }
                check(damaged[...])
            }
        }
    }

    @Test(arguments: [1, 2, 3, .random(in: 4 ... .max)] as [UInt64])
    func `random bytes are answered`(_ seed: UInt64) {
        var generator = SplitMix64(state: seed)
        let alphabet = Array("{}()[]!$@:=|&.\"\\#\n ,-0129eEabn_u\u{FEFF}é".utf8) + [0, 0x80, 0xFF]
        for _ in 0..<2_000 {
            let count = Int.random(in: 0..<40, using: &generator)
            let bytes = (0..<count).map { _ in alphabet[Int.random(in: alphabet.indices, using: &generator)] }
            check(bytes[...])
        }
    }

    private func check(_ bytes: ArraySlice<UInt8>) {
        let text = String(decoding: bytes, as: UTF8.self)
        do throws(SyntaxError) {
            let printed = Printer.print(try Document(parsing: bytes))
            #expect(Printer.print(try Document(parsing: printed)) == printed, "\(text.debugDescription)")
        } catch {
            let end = Source(text).location(at: UInt32(text.utf8.count))
            let isInside = (error.location.line, error.location.column) <= (end.line, end.column)
            #expect(error.message.hasPrefix("Syntax Error: ") && isInside, "\(error) in \(text.debugDescription)")
        }
    }
}
