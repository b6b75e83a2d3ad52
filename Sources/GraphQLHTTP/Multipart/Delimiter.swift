/// The bytes between parts, and a search for them that looks at few of the bytes it passes.
///
/// Boyer–Moore–Horspool: the byte under the pattern's last place says how far the pattern can move.
struct Delimiter: Sendable {
    private let pattern: [UInt8]
    /// For each byte value, how far the pattern may move when that byte stands under its last place.
    private let shifts: [Int]

    init(_ text: String) {
        pattern = Array(text.utf8)
        var shifts = [Int](repeating: pattern.count, count: 256)
        for (index, byte) in pattern.dropLast().enumerated() { shifts[Int(byte)] = pattern.count - 1 - index }
        self.shifts = shifts
    }

    /// The number of its bytes.
    var count: Int { pattern.count }

    /// Where the delimiter first occurs at or after `position`.
    ///
    /// When it does not occur whole, `start` is where it may have begun at the end of `bytes`, or their count.
    func search(_ bytes: [UInt8], from position: Int) -> (start: Int, isWhole: Bool) {
        let last = pattern.count - 1
        var start = position
        while start + last < bytes.count {
            if bytes[start + last] == pattern[last], matchedCount(bytes, at: start) == pattern.count {
                return (start, true)
            }
            start += shifts[Int(bytes[start + last])]
        }
        // The shifts never jump over a beginning of the pattern.
        while start < bytes.count, start + matchedCount(bytes, at: start) < bytes.count { start += 1 }
        return (min(start, bytes.count), false)
    }

    /// How many bytes at `position` agree with the delimiter's first.
    func matchedCount(_ bytes: [UInt8], at position: Int) -> Int {
        var count = 0
        while count < pattern.count, position + count < bytes.count, bytes[position + count] == pattern[count] {
            count += 1
        }
        return count
    }
}
