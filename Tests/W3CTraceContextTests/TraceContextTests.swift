import Testing
import Tracing
import W3CTraceContext

/// The headers `traceparent` and `tracestate`: what is passed on, and what counts for nothing.
struct TraceContextTests {
    private static let trace = "0af7651916cd43dd8448eb211c80319c"
    private static let parent = "b7ad6b7169203331"

    @Test(arguments: [
        ("00-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-01"),
        ("00-\(trace)-\(parent)-00", "00-\(trace)-\(parent)-00"),
        // The second bit says that the id is random; the others mean nothing yet and are not passed on.
        ("00-\(trace)-\(parent)-03", "00-\(trace)-\(parent)-03"),
        ("00-\(trace)-\(parent)-ff", "00-\(trace)-\(parent)-03"),
        ("00-\(trace)-\(parent)-fc", "00-\(trace)-\(parent)-00"),
        // A later version is read as far as it is known, and passed on as this one.
        ("01-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-01"),
        ("cc-\(trace)-\(parent)-01-what-the-future-will-be-like", "00-\(trace)-\(parent)-01"),
        ("cc-\(trace)-\(parent)-01-", "00-\(trace)-\(parent)-01"),
    ])
    func `a traceparent is passed on`(_ header: String, _ passedOn: String) throws {
        let trace = try #require(TraceContext(traceparent: header))
        #expect(trace.traceparent == passedOn)
        #expect(trace.traceID == Self.trace)
    }

    @Test(arguments: [
        "", "00", "hello", "00-\(trace)-\(parent)", "00-\(trace)-\(parent)-", "00-\(trace)-\(parent)-1",
        // This version has nothing behind its flags.
        "00-\(trace)-\(parent)-01-", "00-\(trace)-\(parent)-01-more", "00-\(trace)-\(parent)-011",
        "cc-\(trace)-\(parent)-01.what", "cc-\(trace)-\(parent)-011",
        // ff is no version.
        "ff-\(trace)-\(parent)-01", "0-\(trace)-\(parent)-01", "000-\(trace)-\(parent)-01", "0g-\(trace)-\(parent)-01",
        "-\(trace)-\(parent)-01", "00_\(trace)_\(parent)_01", "00 \(trace) \(parent) 01",
        // No digits but lower-case hexadecimal ones, and not all of them zeros.
        "00-0AF7651916CD43DD8448EB211C80319C-\(parent)-01", "00-\(trace)-B7AD6B7169203331-01",
        "00-\(trace)-\(parent)-0A", "0A-\(trace)-\(parent)-01",
        "00-00000000000000000000000000000000-\(parent)-01", "00-\(trace)-0000000000000000-01",
        "00-0af7651916cd43dd8448eb211c80319-\(parent)-01", "00-0af7651916cd43dd8448eb211c80319cc-\(parent)-01",
        "00-\(trace)-b7ad6b716920333-01", "00-\(trace)-b7ad6b71692033311-01",
        "00-0af7651916cd43dd8448eb211c80319ü-\(parent)-01", "00-0af7651916cd43dd8448eb211c8031.c-\(parent)-01",
        " 00-\(trace)-\(parent)-01", "00-\(trace)-\(parent)-01 ", "\u{0}",
        // Two headers, as they are joined.
        "00-\(trace)-\(parent)-01, 00-\(trace)-\(parent)-01",
    ])
    func `a malformed traceparent counts for nothing`(_ header: String) {
        #expect(TraceContext(traceparent: header, tracestate: "a=1") == nil)
    }

    @Test(
        arguments: [
            ("foo=1", "foo=1"),
            ("foo=1,bar=2", "foo=1,bar=2"),
            // Blanks around entries and empty entries say nothing; those within a value do.
            (" foo=1 \t, ,,bar= 2", "foo=1,bar= 2"),
            ("fw529a3039@dt=FfffffD0000000;x", nil),
            ("fw529a3039@dt=FfffffD0000000;x,rojo=00f067aa0ba902b7", nil),
            ("1a-_*/2@a-_*/2=!+-<>~ z", "1a-_*/2@a-_*/2=!+-<>~ z"),
            ("a=\(text(256))", nil),
            ("\(text(256))=1", nil),
            ("a=\(text(100)),b=\(text(100)),c=\(text(100)),d=\(text(100)),e=\(text(98))", nil),
        ] as [(String, String?)])
    func `a tracestate is passed on`(_ header: String, _ passedOn: String?) {
        #expect(Self.passedOn(header) == passedOn ?? header)
    }

    @Test(arguments: [
        // 513 bytes: the last goes.
        (
            "a=\(text(100)),b=\(text(100)),c=\(text(100)),d=\(text(100)),e=\(text(99))",
            "a=\(text(100)),b=\(text(100)),c=\(text(100)),d=\(text(100))"
        ),
        // Long ones go first.
        (
            "a=\(text(200)),b=\(text(100)),c=\(text(100)),d=\(text(100)),e=1",
            "b=\(text(100)),c=\(text(100)),d=\(text(100)),e=1"
        ),
        ("a=\(text(127)),b=\(text(250)),c=\(text(250))", "a=\(text(127)),b=\(text(250))"),
    ])
    func `a long tracestate is shortened to 512 bytes`(_ header: String, _ passedOn: String) {
        #expect(Self.passedOn(header) == passedOn)
    }

    @Test(arguments: [
        "", ",", " , ", "foo", "foo=", "=1", "foo=1,foo=2", "Foo=1", "1foo=1", "foo bar=1", "föö=1", "@dt=1", "a@=1",
        "a@1=1", "a@b@c=1", "foo=bar=baz", "foo=ü", "foo=\u{7F}", "foo=a\tb",
        "a=\(text(257))", "\(text(257))=1", "\(text(242))@a=1", "a@\(text(15))=1",
        (1...33).map { "k\($0)=v" }.joined(separator: ","),
    ])
    func `a malformed tracestate counts for nothing, alone`(_ header: String) {
        let trace = TraceContext(traceparent: "00-\(Self.trace)-\(Self.parent)-01", tracestate: header)
        #expect(trace?.traceID == Self.trace)
        #expect(trace?.state == nil)
    }

    @Test func `32 entries are allowed`() {
        let header = (1...32).map { "k\($0)=v" }.joined(separator: ",")
        #expect(Self.passedOn(header) == header)
    }

    private static func passedOn(_ header: String) -> String? {
        TraceContext(traceparent: "00-\(trace)-\(parent)-01", tracestate: header)?.state
    }

    private static func text(_ length: Int) -> String { String(repeating: "x", count: length) }

    // MARK: - The tracer

    private struct Headers: Extractor, Injector {
        func extract(key: String, from carrier: [String: String]) -> String? { carrier[key] }
        func inject(_ value: String, forKey key: String, into carrier: inout [String: String]) { carrier[key] = value }
    }

    @Test(arguments: [
        ["traceparent": "00-\(trace)-\(parent)-01", "tracestate": "a=1"],
        ["traceparent": "00-\(trace)-\(parent)-01"],
        [:],
    ])
    func `the tracer passes on what came, within spans too`(_ headers: [String: String]) {
        let tracer = TraceContextTracer()
        var context = ServiceContext.topLevel
        tracer.extract(headers, into: &context, using: Headers())
        let passedOn = tracer.withSpan("inner", context: context) { span in
            var passedOn: [String: String] = [:]
            tracer.inject(ServiceContext.current ?? span.context, into: &passedOn, using: Headers())
            return passedOn
        }
        #expect(passedOn == headers)
    }

    @Test func `the tracer passes on nothing when what came is malformed`() {
        let tracer = TraceContextTracer()
        var context = ServiceContext.topLevel
        tracer.extract(["traceparent": "00-1-2-3", "tracestate": "a=1"], into: &context, using: Headers())
        var passedOn: [String: String] = [:]
        tracer.inject(context, into: &passedOn, using: Headers())
        #expect(passedOn.isEmpty)
    }
}
