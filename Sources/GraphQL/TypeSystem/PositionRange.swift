/// Neighbouring positions of an array, in eight bytes.
struct PositionRange: BitwiseCopyable, Sendable {
    private let lower: UInt32
    private let upper: UInt32

    init(_ positions: Range<Int>) { (lower, upper) = (UInt32(positions.lowerBound), UInt32(positions.upperBound)) }

    var positions: Range<Int> { Int(lower)..<Int(upper) }
    var isEmpty: Bool { lower == upper }
    static let empty = PositionRange(0..<0)
}
