/// Tells about how often keys were asked for lately, in a fixed amount of memory (a count-min sketch).
///
/// Each key has a counter in each of four rows, and counts as its smallest one, so that keys which share a counter make
/// each other look more frequent, never less. After a number of events all counters are halved: what was asked for long
/// ago is forgotten.
struct FrequencySketch: Sendable {
    private static let rows = 4
    private static let maximumCount: UInt8 = 15
    private var counters: ContiguousArray<UInt8>
    private let mask: Int
    private var events = 0

    /// - Parameter width: the number of counters in a row, a power of two.
    init(width: Int) {
        precondition(width > 0 && width & (width - 1) == 0, "The width of a sketch is a power of two.")
        counters = ContiguousArray(repeating: 0, count: Self.rows * width)
        mask = width - 1
    }

    mutating func add(_ hash: Int) {
        for row in 0..<Self.rows {
            let position = position(hash, row)
            if counters[position] < Self.maximumCount { counters[position] += 1 }
        }
        events += 1
        // With more events than counters, keys that were asked for once would share all of theirs.
        if events > mask { halve() }
    }

    /// How often the key was asked for lately, or a little more.
    func count(_ hash: Int) -> UInt8 {
        (0..<Self.rows).reduce(Self.maximumCount) { min($0, counters[position(hash, $1)]) }
    }

    private mutating func halve() {
        for position in counters.indices { counters[position] /= 2 }
        events /= 2
    }

    /// Two keys that share a counter in one row must not share it in the others for that reason: the finaliser of
    /// SplitMix64, from a start of its own for each row.
    private func position(_ hash: Int, _ row: Int) -> Int {
        var mixed = UInt64(bitPattern: Int64(hash)) &+ UInt64(row + 1) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return row * (mask + 1) + Int(truncatingIfNeeded: mixed >> 31) & mask
    }
}
