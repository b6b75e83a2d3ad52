import AccordCore
import Testing

struct FileNameTests {
    /// Compared code point by code point: `String` calls two spellings of the same text equal.
    private func expect(_ suggestion: String, becomes name: String, _ location: SourceLocation = #_sourceLocation) {
        #expect(
            FileName(suggestion).description.unicodeScalars.map(\.self) == name.unicodeScalars.map(\.self),
            "\(suggestion.debugDescription)", sourceLocation: location)
    }

    @Test(arguments: [
        ("agreement.pdf", "agreement.pdf"),
        ("Zweite Fassung (ü) #2 100%.pdf", "Zweite Fassung (ü) #2 100%.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        (#"C:\Users\me\contract.pdf"#, "contract.pdf"),
        (#"a/b\c/d\e.pdf"#, "e.pdf"),
        ("  spaced .pdf  ", "spaced .pdf"),
        ("👩‍👩‍👧‍👦 family 📄.pdf", "👩‍👩‍👧‍👦 family 📄.pdf"),
        ("…", "…"),
        (".hidden", ".hidden"),
    ])
    func `a name keeps what is safe of its last component`(suggestion: String, name: String) {
        expect(suggestion, becomes: name)
    }

    @Test(arguments: [
        "", ".", "..", " ", "/", "a/", #"a\"#, "a/..", "\u{0}\u{7F}", "\u{202E}", "\u{A0}\u{2003}", " .. ",
    ])
    func `a name of which nothing remains becomes agreement.pdf`(suggestion: String) {
        expect(suggestion, becomes: "agreement.pdf")
    }

    @Test(arguments: [
        0x00, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x7F, 0x80, 0x85, 0x9F,  // C0, DEL, C1
        0x2028, 0x2029,  // line and paragraph separators
        0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069,  // direction
        0xFDD0, 0xFFFE, 0xFFFF, 0x10FFFF,  // noncharacters
    ])
    func `characters that control anything are removed`(codePoint: UInt32) throws {
        let control = Character(try #require(Unicode.Scalar(codePoint)))
        expect("a\(control)b.pdf", becomes: "ab.pdf")
    }

    @Test func `a name is in normalization form C`() {
        expect("u\u{308}ber.pdf", becomes: "\u{FC}ber.pdf")
        expect("\u{1112}\u{1161}\u{11AB}.pdf", becomes: "\u{D55C}.pdf")
        expect("\u{212B}.pdf", becomes: "\u{C5}.pdf")
    }

    @Test func `characters that come together by the removal of one between them combine`() {
        expect("u\u{0}\u{308}.pdf", becomes: "\u{FC}.pdf")
    }

    @Test(arguments: [(254, 254), (255, 255), (256, 255), (300, 255)])
    func `a name is at most 255 code points long and keeps its extension`(length: Int, kept: Int) {
        let stem = String(repeating: "a", count: length - 4)
        expect(stem + ".pdf", becomes: stem.prefix(kept - 4) + ".pdf")
    }

    @Test func `a long name is cut between characters as people see them`() {
        // A family is 7 code points: 35 of them and ".pdf" are 249, one more would be 256.
        expect(String(repeating: "👩‍👩‍👧‍👦", count: 40) + ".pdf", becomes: String(repeating: "👩‍👩‍👧‍👦", count: 35) + ".pdf")
    }

    @Test func `a long ending is not an extension`() {
        let name = "v1." + String(repeating: "a", count: 300)
        expect(name, becomes: String(name.prefix(255)))
    }

    @Test func `one character of 300 code points leaves nothing but the extension`() {
        let name = "e" + String(repeating: "\u{301}", count: 300)
        expect(name + ".pdf", becomes: ".pdf")
        expect(name, becomes: "agreement.pdf")
    }
}
