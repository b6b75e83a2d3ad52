import SeededRandom
@testable import GraphQLHTTP

extension HTTPFuzzTarget {
    private typealias Event = MultipartParser.Event

    /// A body gives the parts that it was made of. It, and what is left of it when it is damaged, gives the same events in
    /// whatever pieces it comes.
    static func multipartProblem(_ random: inout SplitMix64) -> String? {
        let boundary = "b" + random.pieces(of: ["-", "b", "x", " ", "?"], upTo: 8).joined() + "x"
        let (body, parts) = madeUp(boundary, &random)
        guard let whole = events(of: [body], boundary) else { return "\(boundary.debugDescription) is no boundary" }
        if whole != parts + [.finished] { return "\(text(body)) gives \(whole)" }
        for body in [body, damaged(body, boundary, &random)] {
            let whole = events(of: [body], boundary)
            let split = events(of: pieces(body, &random), boundary)
            if whole != split { return "\(text(body)) gives, in pieces, \(split as Any) instead of \(whole as Any)" }
        }
        return nil
    }

    /// A valid body, and what it must give but for its end.
    private static func madeUp(_ boundary: String, _ random: inout SplitMix64) -> (body: [UInt8], events: [Event]) {
        let delimiter = Array("\r\n--\(boundary)".utf8)
        var body = content(between: delimiter, &random)
        // The first boundary needs no line end before it.
        body += body.isEmpty ? delimiter[2...] : delimiter[...]
        var events: [Event] = []
        for _ in 0..<Int.random(in: 0...4, using: &random) {
            let headers = PartHeaders(
                name: Bool.random(using: &random) ? random.token() : nil, contentType: random.token())
            let content = content(between: delimiter, &random)
            body += Array(random.pieces(of: [" ", "\t"], upTo: 2).joined().utf8) + Array("\r\n".utf8)
            body += written(headers) + Array("\r\n\r\n".utf8) + content + delimiter
            events.append(.partBegan(headers))
            if !content.isEmpty { events.append(.bytes(content[...])) }
            events.append(.partEnded)
        }
        return (body + Array("--".utf8) + random.bytes(upTo: 8), events)
    }

    /// Bytes that look much like the delimiter, without being it.
    private static func content(between delimiter: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        let parts: [[UInt8]] = [
            Array(delimiter.dropLast()), Array(delimiter.prefix(2)), Array(delimiter.prefix(3)), [0x0D], [0x0A], [0x2D],
            [0x62],
        ]
        let content = Array(random.pieces(of: parts, upTo: 10).joined()) + random.bytes(upTo: 4)
        let around = delimiter.prefix(2) + content + delimiter
        return around.firstRange(of: delimiter)?.lowerBound == content.count + 2 ? content : []
    }

    private static func damaged(_ body: [UInt8], _ boundary: String, _ random: inout SplitMix64) -> [UInt8] {
        var body = body
        for _ in 0...Int.random(in: 0...3, using: &random) {
            let start = Int.random(in: 0...body.count, using: &random)
            let range = start..<min(body.count, start + Int.random(in: 0...6, using: &random))
            let pieces = ["\r\n", "--", "--\(boundary)", ":", "\r\n\r\n", "\"", " ", "\r"].map { Array($0.utf8) }
            body.replaceSubrange(range, with: random.pieces(of: pieces, upTo: 2).joined())
        }
        return body
    }

    private static func pieces(_ body: [UInt8], _ random: inout SplitMix64) -> [[UInt8]] {
        let longest = [1, 3, 20].randomElement(using: &random) ?? 1
        var rest = body[...]
        var pieces: [[UInt8]] = []
        while !rest.isEmpty {
            let count = Int.random(in: 1...longest, using: &random)
            pieces.append(Array(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        return pieces
    }

    /// The events, neighbouring bytes put together; nil when it is no boundary.
    private static func events(of pieces: [[UInt8]], _ boundary: String) -> [Event]? {
        guard var parser = MultipartParser(boundary: boundary, maximumParts: 5) else { return nil }
        var events: [Event] = []
        for event in pieces.flatMap({ parser.feed($0) }) {
            if case .bytes(let more) = event, case .bytes(let bytes)? = events.last {
                events[events.count - 1] = .bytes((bytes + more)[...])
            } else {
                events.append(event)
            }
        }
        return events
    }

    private static func text(_ body: [UInt8]) -> String { String(decoding: body, as: UTF8.self).debugDescription }
}
