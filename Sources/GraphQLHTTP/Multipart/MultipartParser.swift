/// Splits a `multipart/form-data` body into parts while it arrives.
///
/// A plain state machine: chunks of any size go in, events come out, and every split of a body gives the same parts.
/// It holds back no more than an unfinished header block or the beginning of a possible delimiter.
///
/// RFC 7578, RFC 2046 §5.1.1
struct MultipartParser: Sendable {
    /// What has been read.
    enum Event: Hashable, Sendable {
        case partBegan(PartHeaders)
        case bytes(ArraySlice<UInt8>)
        case partEnded
        /// The closing delimiter was read; what follows is ignored.
        case finished
        /// The body can't be read on; what follows is ignored.
        case failed(MultipartError)
    }

    /// Largest header block of a part, in bytes. A preamble may be as long.
    static let maximumHeaderBytes = 16 << 10

    private enum State {
        /// Before the first delimiter.
        case preamble(skipped: Int)
        /// Behind a delimiter, where `--`, or white space and a line end, must follow.
        case delimiterTail
        case headers
        /// At the line end that closes the headers. In a part without content it may belong to the next delimiter.
        case contentStart
        case content
        case epilogue
        case failed
    }

    private let delimiter: Delimiter
    private let maximumParts: Int
    private var state = State.preamble(skipped: 0)
    private var partCount = 0
    /// What of the last chunks could not be decided on.
    private var rest: [UInt8]

    /// Makes a parser for a body whose `Content-Type` names `boundary`; nil when that is no valid one.
    init?(boundary: String, maximumParts: Int) {
        // RFC 2046 wants at most 70 characters.
        guard (1...70).contains(boundary.utf8.count), boundary.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else {
            return nil
        }
        delimiter = Delimiter("\r\n--" + boundary)
        self.maximumParts = maximumParts
        // The first delimiter needs no line end before it, so the body is read as if one came first.
        rest = Array("\r\n".utf8)
    }

    /// Whether the closing delimiter has been read.
    var isFinished: Bool {
        if case .epilogue = state { true } else { false }
    }

    /// Takes the next bytes of the body and returns what they complete.
    mutating func feed(_ chunk: [UInt8]) -> [Event] {
        let bytes = rest.isEmpty ? chunk : rest + chunk
        rest = []
        var events: [Event] = []
        var position = 0
        do throws(MultipartError) {
            while let next = try step(bytes, from: position, &events) { position = next }
        } catch {
            state = .failed
            events.append(.failed(error))
        }
        return events
    }

    /// Reads one element; nil when it needs more bytes, which it has put into `rest`.
    private mutating func step(
        _ bytes: [UInt8],
        from position: Int,
        _ events: inout [Event]
    ) throws(MultipartError) -> Int? {
        switch state {
        case .preamble(let skipped):
            let found = delimiter.search(bytes, from: position)
            guard skipped + found.start - position <= Self.maximumHeaderBytes else { throw .noDelimiter }
            guard found.isWhole else {
                state = .preamble(skipped: skipped + found.start - position)
                return keep(bytes, from: found.start)
            }
            state = .delimiterTail
            return found.start + delimiter.count
        case .delimiterTail:
            return try delimiterTail(bytes, from: position, &events)
        case .headers:
            return try headers(bytes, from: position, &events)
        case .contentStart:
            let matched = delimiter.matchedCount(bytes, at: position)
            if position + matched == bytes.count, matched < delimiter.count { return keep(bytes, from: position) }
            state = .content
            return matched == delimiter.count ? position : position + 2
        case .content:
            let found = delimiter.search(bytes, from: position)
            if found.start > position { events.append(.bytes(bytes[position..<found.start])) }
            guard found.isWhole else { return keep(bytes, from: found.start) }
            events.append(.partEnded)
            state = .delimiterTail
            return found.start + delimiter.count
        case .epilogue, .failed:
            return nil
        }
    }

    private mutating func delimiterTail(
        _ bytes: [UInt8],
        from position: Int,
        _ events: inout [Event]
    ) throws(MultipartError) -> Int? {
        let dash = UInt8(ascii: "-")
        if position + 1 < bytes.count, bytes[position] == dash, bytes[position + 1] == dash {
            state = .epilogue
            events.append(.finished)
            return nil
        }
        if position < bytes.count, bytes[position] == dash {
            guard position + 1 == bytes.count else { throw .malformedDelimiter }
            return keep(bytes, from: position)
        }
        var end = position
        while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
        guard end + 1 < bytes.count else {
            let canBecomeLineEnd = end == bytes.count || bytes[end] == UInt8(ascii: "\r")
            guard canBecomeLineEnd, end - position <= Self.maximumHeaderBytes else { throw .malformedDelimiter }
            return keep(bytes, from: position)
        }
        guard bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n") else { throw .malformedDelimiter }
        partCount += 1
        guard partCount <= maximumParts else { throw .tooManyParts(limit: maximumParts) }
        state = .headers
        // The line end stays: a part without headers begins with an empty line right after it.
        return end
    }

    private mutating func headers(
        _ bytes: [UInt8],
        from position: Int,
        _ events: inout [Event]
    ) throws(MultipartError) -> Int? {
        var end = position
        while end + 3 < bytes.count {
            if bytes[end] == UInt8(ascii: "\r"), bytes[end + 1] == UInt8(ascii: "\n"),
                bytes[end + 2] == UInt8(ascii: "\r"), bytes[end + 3] == UInt8(ascii: "\n")
            {
                guard end - position <= Self.maximumHeaderBytes else { throw .headersTooLarge }
                let block = end > position ? bytes[(position + 2)..<end] : []
                events.append(.partBegan(try PartHeaders(block)))
                state = .contentStart
                return end + 2
            }
            end += 1
        }
        guard bytes.count - position <= Self.maximumHeaderBytes else { throw .headersTooLarge }
        return keep(bytes, from: position)
    }

    private mutating func keep(_ bytes: [UInt8], from position: Int) -> Int? {
        rest = Array(bytes[position...])
        return nil
    }
}

/// Why a multipart body can't be read on.
enum MultipartError: Error, Hashable, Sendable {
    case noDelimiter
    case malformedDelimiter
    case headersTooLarge
    case malformedHeaders
    case unsupportedEncoding(String)
    case tooManyParts(limit: Int)
}
