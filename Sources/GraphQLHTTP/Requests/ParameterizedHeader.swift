/// A header value with parameters: `form-data; name="file"`, `application/json; charset=utf-8`.
///
/// RFC 9110 §5.6.6 Parameters
struct ParameterizedHeader: Hashable, Sendable {
    /// What stands before the first `;`, in lower case.
    let value: String
    /// In the order written, names in lower case, quotes and escapes removed.
    let parameters: [Parameter]

    /// One `name=value`.
    struct Parameter: Hashable, Sendable {
        let name: String
        let value: String
    }

    /// The first parameter called `name`, which is given in lower case.
    subscript(name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// The weight that the parameter `q` gives the value, in a header that tells preferences. RFC 9110 §12.4.2
    var quality: Double { self["q"].map { Double($0) ?? 0 } ?? 1 }

    /// Nil when `text` is not one well-formed value.
    init?(_ text: String) {
        // What most clients send needs no taking apart.
        if !text.isEmpty, text.utf8.allSatisfy(Self.isPlain) {
            self.init(value: text, parameters: [])
            return
        }
        var scanner = Scanner(text)
        guard let header = scanner.header(), scanner.isAtEnd else { return nil }
        self = header
    }

    /// The members of a comma-separated list; those that are malformed are left out.
    static func list(_ text: String) -> [ParameterizedHeader] {
        var scanner = Scanner(text)
        var members: [ParameterizedHeader] = []
        while !scanner.isAtEnd {
            if let member = scanner.header() { members.append(member) }
            scanner.skipMember()
        }
        return members
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "-")
    }

    private init(value: String, parameters: [Parameter]) {
        self.value = value
        self.parameters = parameters
    }
}

extension ParameterizedHeader {
    private struct Scanner {
        private let bytes: [UInt8]
        private var position = 0

        init(_ text: String) {
            bytes = Array(text.utf8)
        }

        var isAtEnd: Bool { position == bytes.count }

        mutating func header() -> ParameterizedHeader? {
            let value = text { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
            guard !value.isEmpty else { return nil }
            var parameters: [Parameter] = []
            while skip(UInt8(ascii: ";")) {
                let name = text { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
                if name.isEmpty { continue }
                guard skip(UInt8(ascii: "=")), let value = parameterValue() else { return nil }
                parameters.append(Parameter(name: name.lowercased(), value: value))
            }
            return ParameterizedHeader(value: value.lowercased(), parameters: parameters)
        }

        /// Moves behind the next comma that stands outside quotes, or to the end.
        mutating func skipMember() {
            var isQuoted = false
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
                if byte == UInt8(ascii: ","), !isQuoted { return }
            }
        }

        private mutating func parameterValue() -> String? {
            skipWhitespace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                return text { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
            }
            return quotedString()
        }

        /// Only `\"` and `\\` are escapes: some clients send the back slashes of a Windows path as they are.
        private mutating func quotedString() -> String? {
            position += 1
            var content: [UInt8] = []
            while position < bytes.count {
                let byte = bytes[position]
                position += 1
                switch byte {
                case UInt8(ascii: "\""):
                    skipWhitespace()
                    return String(decoding: content, as: UTF8.self)
                case UInt8(ascii: "\\") where position < bytes.count && isEscapable(bytes[position]):
                    content.append(bytes[position])
                    position += 1
                default:
                    content.append(byte)
                }
            }
            return nil
        }

        private func isEscapable(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
        }

        private mutating func text(while isPart: (UInt8) -> Bool) -> String {
            skipWhitespace()
            let start = position
            while position < bytes.count, isPart(bytes[position]) { position += 1 }
            var end = position
            while end > start, isWhitespace(bytes[end - 1]) { end -= 1 }
            return String(decoding: bytes[start..<end], as: UTF8.self)
        }

        private mutating func skip(_ byte: UInt8) -> Bool {
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        private mutating func skipWhitespace() {
            while position < bytes.count, isWhitespace(bytes[position]) { position += 1 }
        }

        private func isWhitespace(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
        }
    }
}
