import GraphQL

/// Puts places where the cases' oracle puts them.
///
/// graphql-core 3.2 places what stands in the first column of a line behind the end of the line before, and takes more
/// characters for line ends than the language has. The engine itself places errors as graphql-js does.
struct OracleLocations {
    /// Where each line begins and the next one begins, as positions in the text's code points.
    private let lineStarts: [Int]
    /// For each code point, and for the end: the oracle's line and column.
    private let locations: [SourceLocation]

    init(_ text: String) {
        let scalars = Array(text.unicodeScalars)
        lineStarts = Self.lineStarts(scalars)
        locations = Self.locations(scalars)
    }

    /// The oracle's place for one of the engine's, given as a response has it.
    func adapted(_ place: Value) -> SourceLocation {
        guard case .int(let line)? = place["line"], case .int(let column)? = place["column"],
            lineStarts.indices.contains(line - 1)
        else { return SourceLocation(line: 0, column: 0) }
        let position = lineStarts[line - 1] + column - 1
        return locations.indices.contains(position) ? locations[position] : SourceLocation(line: line, column: column)
    }

    /// Spec: 2.1.2 Line Terminators
    private static func lineStarts(_ scalars: [Unicode.Scalar]) -> [Int] {
        var starts = [0]
        for (position, scalar) in scalars.enumerated() {
            let isFirstOfTwo = scalar == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n"
            if (scalar == "\n" || scalar == "\r") && !isFirstOfTwo { starts.append(position + 1) }
        }
        return starts
    }

    /// A line ends only when the next one has a character: the oracle counts the lines of the text before a place.
    private static func locations(_ scalars: [Unicode.Scalar]) -> [SourceLocation] {
        var locations: [SourceLocation] = [SourceLocation(line: 1, column: 1)]
        var line = 1
        var column = 1
        var isLineEnded = false
        for (position, scalar) in scalars.enumerated() {
            if isLineEnded {
                line += 1
                column = 1
                isLineEnded = false
            }
            let isFirstOfTwo = scalar == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n"
            if lineEnds.contains(scalar) {
                isLineEnded = !isFirstOfTwo
            } else {
                column += 1
            }
            locations.append(SourceLocation(line: line, column: column))
        }
        return locations
    }

    /// What Python's `str.splitlines` takes for a line end.
    private static let lineEnds: Set<Unicode.Scalar> = [
        "\n", "\r", "\u{B}", "\u{C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{85}", "\u{2028}", "\u{2029}",
    ]
}

extension SourceLocation {
    /// The place as a response has it.
    var value: Value { .object([ObjectField("line", .int(line)), ObjectField("column", .int(column))]) }
}
