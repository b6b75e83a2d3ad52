/// Random numbers that follow from bytes: first the bytes themselves, then numbers made from all of them.
///
/// A fuzzer that changes a byte changes one decision.
struct Entropy: RandomNumberGenerator {
    private var rest: ArraySlice<UInt8>
    private var state: UInt64

    init(_ bytes: [UInt8]) {
        rest = bytes[...]
        state = bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    init(seed: UInt64) {
        rest = []
        state = seed
    }

    mutating func next() -> UInt64 {
        // The high bits decide what `random(in:using:)` returns.
        if let byte = rest.popFirst() { return UInt64(byte) << 56 | UInt64(byte) << 24 }
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// True once in `bound` times.
    mutating func isOne(in bound: Int) -> Bool { number(below: bound) == 0 }

    mutating func element<Element>(of elements: [Element]) -> Element { elements[number(below: elements.count)] }
}
