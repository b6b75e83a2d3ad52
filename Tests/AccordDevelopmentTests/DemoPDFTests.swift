import AccordDevelopment
import Testing

struct DemoPDFTests {
    @Test func `every object is where the cross-reference table says`() throws {
        let bytes = DemoPDF(title: "Terms (draft) \\ 1", lines: ["One", "Élan", "日本"]).bytes
        let text = String(decoding: bytes, as: Unicode.ASCII.self)
        let tail = text.split(separator: "\n").suffix(3)
        #expect(tail.first == "startxref")
        #expect(tail.last == "%%EOF")

        let table = try #require(tail.dropFirst().first.flatMap { Int($0) })
        let lines = String(decoding: bytes[table...], as: Unicode.ASCII.self).split(separator: "\n")
        #expect(lines.prefix(3) == ["xref", "0 7", "0000000000 65535 f "])
        let found = lines.dropFirst(3).prefix(6).map { line in
            let start = Int(line.prefix(10)) ?? 0
            return String(decoding: bytes[start..<start + 7], as: Unicode.ASCII.self)
        }
        #expect(found == (1...6).map { "\($0) 0 obj" })
    }

    @Test func `parentheses, backslashes and letters beyond ASCII are escaped`() {
        let bytes = DemoPDF(title: "a(b)c\\d é 日").bytes
        #expect(String(decoding: bytes, as: Unicode.ASCII.self).contains(#"/Title (a\(b\)c\\d \351 ?)"#))
    }
}
