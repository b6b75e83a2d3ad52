import AccordCore
import Testing

struct PDFCheckTests {
    private func isPDF(_ content: String) -> Bool {
        let bytes = Array(content.utf8)
        return PDFCheck.isPDF(head: Array(bytes.prefix(1_024)), tail: Array(bytes.suffix(1_024)))
    }

    private func padding(_ count: Int) -> String { String(repeating: "x", count: count) }

    @Test(arguments: [
        "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n",
        "%PDF-2.0%%EOF",
        "junk before %PDF-1.4\nstartxref\n0\n%%EOF\njunk after",
    ])
    func `a header near the start and a trailer near the end make a PDF`(content: String) {
        #expect(isPDF(content))
    }

    @Test(arguments: [
        "", "%PDF-", "%%EOF", "%PDF-1.7 without an end", "\u{89}PNG\r\n\u{1A}\n%%EOF", "%pdf-1.7 %%eof", "%%EO",
    ])
    func `anything else is none`(content: String) {
        #expect(!isPDF(content))
    }

    @Test(arguments: [(1_018, true), (1_019, true), (1_020, false)])
    func `the header lies within the first 1024 bytes`(before: Int, expected: Bool) {
        #expect(isPDF(padding(before) + "%PDF-" + padding(5_000) + "%%EOF") == expected)
    }

    @Test(arguments: [(1_018, true), (1_019, true), (1_020, false)])
    func `the trailer lies within the last 1024 bytes`(after: Int, expected: Bool) {
        #expect(isPDF("%PDF-" + padding(5_000) + "%%EOF" + padding(after)) == expected)
    }

    @Test func `longer ends are looked at no further`() {
        let bytes = Array((padding(1_020) + "%PDF-1.7 %%EOF" + padding(1_020)).utf8)
        #expect(!PDFCheck.isPDF(head: bytes, tail: bytes))
    }
}
