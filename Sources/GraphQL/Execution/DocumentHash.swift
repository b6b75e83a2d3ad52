/// Hashes documents with a secret: SipHash-1-3, by J.-P. Aumasson and D. J. Bernstein.
///
/// Whoever sends documents must not be able to make many with one hash, which would pile up in one place of a table and
/// look frequent to the sketch. Swift's `Hasher` keeps them from it as well, but its secret can't be chosen, so that
/// what depends on it can't be repeated.
struct DocumentHash: Sendable {
    /// The secret.
    struct Seed: Sendable {
        let low: UInt64
        let high: UInt64

        /// One that nobody can guess.
        static func random() -> Seed {
            Seed(low: .random(in: .min ... .max), high: .random(in: .min ... .max))
        }
    }

    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64

    private init(_ seed: Seed) {
        v0 = seed.low ^ 0x736f_6d65_7073_6575
        v1 = seed.high ^ 0x646f_7261_6e64_6f6d
        v2 = seed.low ^ 0x6c79_6765_6e65_7261
        v3 = seed.high ^ 0x7465_6462_7974_6573
    }

    /// The hash of a text's UTF-8.
    static func hash(_ text: String, _ seed: Seed) -> UInt64 {
        var text = text
        return text.withUTF8 { bytes in
            var state = DocumentHash(seed)
            var position = 0
            while position + 8 <= bytes.count {
                // Inside the buffer: eight bytes from `position` were just found to be there.
                let word = unsafe UnsafeRawBufferPointer(bytes)
                    .loadUnaligned(fromByteOffset: position, as: UInt64.self)
                state.compress(UInt64(littleEndian: word))
                position += 8
            }
            var last = UInt64(truncatingIfNeeded: bytes.count) << 56
            for place in position..<bytes.count {
                last |= unsafe UInt64(bytes[place]) << UInt64(8 * (place - position))
            }
            state.compress(last)
            return state.finish()
        }
    }

    private mutating func compress(_ word: UInt64) {
        v3 ^= word
        round()
        v0 ^= word
    }

    private mutating func finish() -> UInt64 {
        v2 ^= 0xff
        round()
        round()
        round()
        return v0 ^ v1 ^ v2 ^ v3
    }

    @inline(__always)
    private mutating func round() {
        v0 &+= v1
        v1 = Self.rotated(v1, 13) ^ v0
        v0 = Self.rotated(v0, 32)
        v2 &+= v3
        v3 = Self.rotated(v3, 16) ^ v2
        v0 &+= v3
        v3 = Self.rotated(v3, 21) ^ v0
        v2 &+= v1
        v1 = Self.rotated(v1, 17) ^ v2
        v2 = Self.rotated(v2, 32)
    }

    @inline(__always)
    private static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word << bits | word >> (64 - bits) }
}
