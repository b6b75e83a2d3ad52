/// The place of a name in its text, with what tells it from most other names at a glance.
struct HashedName: Sendable {
    /// Byte offset of the first character.
    let offset: UInt32
    /// Length in bytes.
    let length: UInt32
    /// The first eight bytes, the first in the lowest bits; zeros behind a shorter name.
    let firstWord: UInt64
    let hash: UInt64

    init(offset: UInt32, length: UInt32, firstWord: UInt64, hash: UInt64) {
        self.offset = offset
        self.length = length
        self.firstWord = firstWord
        self.hash = hash
    }

    /// The name that is spelled `text`, which lies at `offset`.
    init(_ text: Span<UInt8>, offset: Int = 0) {
        var (firstWord, hash) = (UInt64(0), NameHash.seed)
        // Whole words, then the rest, which may be empty.
        for start in stride(from: 0, through: text.count, by: 8) {
            var word: UInt64 = 0
            for position in start..<min(start + 8, text.count) {
                word |= UInt64(text[position]) << UInt64(8 * (position - start))
            }
            if start == 0 { firstWord = word }
            hash = NameHash.mix(hash, word)
        }
        self.init(offset: UInt32(offset), length: UInt32(text.count), firstWord: firstWord, hash: hash)
    }

    /// Whether both names are spelled alike, each in its own text.
    @inline(__always)
    func isEqual(in bytes: ContiguousArray<UInt8>, to other: HashedName, in otherBytes: ContiguousArray<UInt8>) -> Bool
    {
        guard firstWord == other.firstWord, length == other.length else { return false }
        return length <= 8 || hasEqualTail(in: bytes, to: other, in: otherBytes)
    }

    private func hasEqualTail(
        in bytes: ContiguousArray<UInt8>,
        to other: HashedName,
        in otherBytes: ContiguousArray<UInt8>
    ) -> Bool {
        let last = Int(length) - 8
        var position = 8
        while position < last {
            guard bytes.word(at: Int(offset) + position) == otherBytes.word(at: Int(other.offset) + position) else {
                return false
            }
            position += 8
        }
        return bytes.word(at: Int(offset) + last) == otherBytes.word(at: Int(other.offset) + last)
    }
}

/// The hash of names: whole words of the spelling, then the rest, padded with zeros, each folded into the former.
enum NameHash {
    /// Drawn once per process, so that nobody can prepare names that collide.
    static let seed = UInt64.random(in: .min ... .max)

    @inline(__always)
    static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
        return product.high ^ product.low
    }
}

extension ContiguousArray<UInt8> {
    /// The eight bytes from `position` on, the first in the lowest bits. Traps beyond the end.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        // Any eight initialized bytes are an integer, and the span checks that they are its own.
        let word = unsafe span.bytes.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self)
        return UInt64(littleEndian: word)
    }
}
