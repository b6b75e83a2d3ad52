/// Finds lines and columns in a long text again and again, without reading it from the start each time.
package struct LocationTable: Sendable {
    /// How many bytes lie between two known locations.
    private static let step = 128

    private let source: Source
    /// The locations at every multiple of `step`.
    private var known = [SourceLocation(line: 1, column: 1)]

    /// Reads the text once.
    package init(_ source: Source) {
        self.source = source
        var offset = Self.step
        while offset <= source.count {
            known.append(
                source.location(at: UInt32(offset), from: known[known.count - 1], at: UInt32(offset - Self.step)))
            offset += Self.step
        }
    }

    /// Line and column of a byte offset.
    package func location(at offset: UInt32) -> SourceLocation {
        let index = min(Int(offset) / Self.step, known.count - 1)
        return source.location(at: offset, from: known[index], at: UInt32(index * Self.step))
    }
}
