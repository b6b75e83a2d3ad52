import Testing

@testable import GraphQL

/// Numbers and strings are written by hand: what they are must be what the library says.
@Suite struct ResponseBufferTests {
    @Test func `numbers are written as their descriptions`() {
        var generator = SystemRandomNumberGenerator()
        var numbers: [Double] = [
            0, -0.0, 0.1, 0.5, -1.5, 3, 100, 0.001, 0.0001, 999_999_999.999999, 1e9, 1e15, 1e16, 1e-7,
        ]
        for digits in 0...9 {
            for _ in 0..<2_000 {
                let whole = Double(Int.random(in: -1_000_000_000...1_000_000_000, using: &generator))
                numbers.append(whole / (0..<digits).reduce(1.0) { power, _ in power * 10 })
            }
        }
        for _ in 0..<2_000 { numbers.append(Double.random(in: -10...10, using: &generator)) }
        for number in numbers {
            var buffer = ResponseBuffer(capacity: 8)
            buffer.write(number)
            #expect(String(decoding: buffer.bytes, as: UTF8.self) == number.description)
        }
    }

    @Test func `a byte that needs an escape is found wherever it stands`() throws {
        for length in 0...40 {
            for position in 0..<length {
                for special in ["\"", "\\", "\n", "\u{0}", "\u{1F}", "\u{7F}", " ", "é", "😀"] {
                    var text = String(repeating: "a", count: length)
                    let index = text.index(text.startIndex, offsetBy: position)
                    text.replaceSubrange(index...index, with: special)
                    var buffer = ResponseBuffer(capacity: 8)
                    buffer.write(text)
                    #expect(try JSONParser.parse(buffer.bytes) == .string(text))
                }
            }
        }
    }
}
