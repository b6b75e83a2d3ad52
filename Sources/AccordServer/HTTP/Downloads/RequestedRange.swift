/// The part of a file that a request asks for.
///
/// RFC 9110 §14.2 Range
enum RequestedRange: Hashable {
    /// Nothing was asked for that has to be heeded: all of it is sent.
    case whole
    /// The positions of the first and the last byte.
    case part(ClosedRange<Int>)
    /// No byte of the file is among those asked for.
    case unsatisfiable

    /// Reads `bytes=0-499`, `bytes=500-` or `bytes=-500`. Whatever else stands there is ignored, several ranges, too.
    ///
    /// - Parameters:
    ///   - header: The value of `Range`; nil without one.
    ///   - size: The file's size in bytes.
    init(_ header: String?, size: Int) {
        self = .whole
        guard let header, let equals = header.firstIndex(of: "="), header[..<equals].lowercased() == "bytes" else {
            return
        }
        let ends = header[header.index(after: equals)...].split(separator: "-", omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        guard ends.count == 2, ends.allSatisfy({ $0.utf8.allSatisfy(digits.contains) }) else { return }
        switch (Self.number(ends[0]), Self.number(ends[1])) {
        case (nil, nil): return
        case (nil, let count?):
            self = count == 0 || size == 0 ? .unsatisfiable : .part(max(0, size - count)...(size - 1))
        case (let first?, let last):
            guard last.map({ $0 >= first }) ?? true else { return }
            self = first >= size ? .unsatisfiable : .part(first...min(last ?? .max, size - 1))
        }
    }

    /// Digits; nil for none. A number too large for `Int` is beyond every file's end.
    private static func number(_ digits: Substring) -> Int? {
        digits.isEmpty ? nil : Int(digits) ?? .max
    }
}
