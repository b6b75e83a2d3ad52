/// The header `tracestate`: a list of entries, `key=value`, that is passed on.
///
/// W3C Trace Context, 3.3 Tracestate Header
enum TraceState {
    /// The most entries there may be.
    private static let maximumEntries = 32
    /// How much of it must be passed on; what is longer is shortened to this. It ends up in others' headers, which have
    /// limits, too.
    private static let maximumBytes = 512
    /// What is shortened away first.
    private static let longEntryBytes = 128

    /// The list as it is passed on, shortened if need be; nil when it is malformed or empty.
    static func passedOn(_ header: String) -> String? {
        var entries: [Substring] = []
        var keys: Set<Substring> = []
        for part in header.split(separator: ",", omittingEmptySubsequences: false) {
            let entry = part.trimmed()
            // Empty entries are allowed, and say nothing.
            guard !entry.isEmpty else { continue }
            guard let separator = entry.firstIndex(of: "="), isKey(entry[..<separator]),
                isValue(entry[entry.index(after: separator)...]), keys.insert(entry[..<separator]).inserted,
                entries.count < maximumEntries
            else { return nil }
            entries.append(entry)
        }
        shorten(&entries)
        return entries.isEmpty ? nil : entries.joined(separator: ",")
    }

    /// Spec: 3.3.1.5 Tracestate limits: long entries go first, then those at the end.
    private static func shorten(_ entries: inout [Substring]) {
        var bytes = entries.reduce(entries.count - 1) { $0 + $1.utf8.count }
        while bytes > maximumBytes {
            let index = entries.lastIndex { $0.utf8.count > longEntryBytes } ?? entries.count - 1
            bytes -= entries.remove(at: index).utf8.count + 1
        }
    }

    /// `lcalpha 0*255(lcalpha / DIGIT / "_" / "-" / "*" / "/")`, or `tenant@system` of at most 241 and 14 characters,
    /// where the tenant may begin with a digit.
    private static func isKey(_ key: Substring) -> Bool {
        let parts = key.split(separator: "@", omittingEmptySubsequences: false)
        switch parts.count {
        case 1: return parts[0].utf8.count <= 256 && isName(parts[0], mayBeginWithDigit: false)
        case 2:
            return parts[0].utf8.count <= 241 && isName(parts[0], mayBeginWithDigit: true)
                && parts[1].utf8.count <= 14 && isName(parts[1], mayBeginWithDigit: false)
        default: return false
        }
    }

    private static func isName(_ name: Substring, mayBeginWithDigit: Bool) -> Bool {
        guard let first = name.utf8.first, isLetter(first) || (mayBeginWithDigit && isDigit(first)) else {
            return false
        }
        return name.utf8.allSatisfy { isLetter($0) || isDigit($0) || "_-*/".utf8.contains($0) }
    }

    /// `0*255(chr) nblk-chr`, where `chr` is printable ASCII but for comma and equals sign, and the last is no blank.
    private static func isValue(_ value: Substring) -> Bool {
        guard (1...256).contains(value.utf8.count), value.utf8.last != UInt8(ascii: " ") else { return false }
        return value.utf8.allSatisfy { (0x20...0x7E).contains($0) && !",=".utf8.contains($0) }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}

extension Substring {
    /// Without blanks and tabs at both ends.
    fileprivate func trimmed() -> Substring {
        let isBlank = { (character: Character) in character == " " || character == "\t" }
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
