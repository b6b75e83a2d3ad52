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

    /// The name in `bytes`, which are padded like those of a `Source`.
    init(offset: Int, length: Int, in bytes: ContiguousArray<UInt8>) {
        var hash = NameHash.seed
        var position = 0
        while length - position >= 8 {
            hash = NameHash.mix(hash, bytes.word(at: offset + position))
            position += 8
        }
        let lastWord = bytes.word(at: offset + position) & NameHash.mask(byteCount: length - position)
        self.offset = UInt32(offset)
        self.length = UInt32(length)
        self.firstWord = length < 8 ? lastWord : bytes.word(at: offset)
        self.hash = NameHash.mix(hash, lastWord)
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

    /// Keeps the first `byteCount` bytes of a word, 0 to 7.
    static func mask(byteCount: Int) -> UInt64 { (1 << UInt64(8 * byteCount)) - 1 }
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
