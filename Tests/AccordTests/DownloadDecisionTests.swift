import Testing

@testable import AccordServer

/// What follows from the headers of a request for a file.
@Suite struct DownloadDecisionTests {
    @Test(
        arguments: [
            (nil, .whole), ("bytes=0-99", .part(0...99)), ("bytes=0-0", .part(0...0)), ("bytes=10-", .part(10...99)),
            ("bytes=-10", .part(90...99)), ("bytes=-100", .part(0...99)), ("bytes=-1000", .part(0...99)),
            ("bytes=99-", .part(99...99)), ("bytes=50-1000", .part(50...99)), ("BYTES=1-2", .part(1...2)),
            ("bytes=1-99999999999999999999999", .part(1...99)),
            ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
            ("bytes=99999999999999999999999-", .unsatisfiable),
            ("bytes=5-4", .whole), ("bytes=-", .whole), ("bytes=", .whole), ("bytes", .whole), ("", .whole),
            ("bytes=0-1,5-6", .whole), ("bytes=a-b", .whole), ("bytes=1-2-3", .whole), ("bytes=+1-2", .whole),
            ("bytes= 1-2", .whole), ("lines=1-2", .whole), ("bytes=--5", .whole),
        ] as [(String?, RequestedRange)])
    func `one range of a file of 100 bytes`(_ header: String?, _ expected: RequestedRange) {
        #expect(RequestedRange(header, size: 100) == expected)
    }

    @Test(
        arguments: [
            (nil, false), ("\"abc\"", true), ("W/\"abc\"", true), ("*", true), ("\"x\", \"abc\"", true),
            ("\"x\",W/\"abc\" ", true), ("\"x\"", false), ("abc", false), ("\"ab\"", false), ("", false), (",", false),
        ] as [(String?, Bool)])
    func `a client has the content`(_ header: String?, _ expected: Bool) {
        #expect(EntityTag(sha256: "abc").isIn(ifNoneMatch: header) == expected)
    }

    @Test(
        arguments: [
            (nil, true), ("\"abc\"", true), ("W/\"abc\"", false), ("\"x\"", false),
            ("Mon, 30 Nov 2026 17:00:00 GMT", false),
        ] as [(String?, Bool)])
    func `a range goes with the content that the client has`(_ header: String?, _ expected: Bool) {
        #expect(EntityTag(sha256: "abc").allowsRange(ifRange: header) == expected)
    }

    @Test(
        arguments: [
            ("/agreements/1/download", "1"), ("/agreements//download", ""), ("/agreements/1/download/", nil),
            ("/agreements/1", nil), ("/x/1/download", nil), ("agreements/1/download", nil),
            ("/agreements/1/2/download", nil),
        ] as [(String, String?)])
    func `a path names an agreement`(_ path: String, _ id: String?) {
        #expect(AgreementDownloads.id(in: path) == id)
    }
}
