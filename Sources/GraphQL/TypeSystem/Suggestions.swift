/// Names close to a misspelt one, best first, as graphql-js picks them: at most `limit` edits away, by default two in five
/// letters and one.
package func suggestionList(_ input: String, _ options: [String], limit: Int? = nil) -> [String] {
    let limit = limit ?? Int(Double(input.utf8.count) * 0.4) + 1
    var distance = LexicalDistance(from: input)
    return
        options.compactMap { option in
            distance.measure(option, limit: limit).map { (option, $0) }
        }
        .sorted { $0.1 != $1.1 ? $0.1 < $1.1 : naturallyPrecedes($0.0, $1.0) }
        .map(\.0)
}

/// ` Did you mean "a", "b", or "c"?` for at most five suggestions; empty for none.
func didYouMean(_ suggestions: [String]) -> String {
    didYouMean(nil, suggestions, quoted: true)
}

func didYouMean(_ what: String?, _ suggestions: [String], quoted: Bool) -> String {
    guard !suggestions.isEmpty else { return "" }
    let shown = suggestions.prefix(5).map { quoted ? "\"\($0)\"" : $0 }
    let list =
        switch shown.count {
        case 1: shown[0]
        case 2: "\(shown[0]) or \(shown[1])"
        default: shown.dropLast().joined(separator: ", ") + ", or " + shown[shown.count - 1]
        }
    return " Did you mean \(what.map { $0 + " " } ?? "")\(list)?"
}

/// Measures how far names are from a misspelt one.
private struct LexicalDistance {
    private let input: String
    /// In lower case.
    private let letters: [UInt8]
    /// The rows of the table of distances that are still needed.
    private var beforeLast: [Int] = []
    private var last: [Int] = []
    private var current: [Int] = []

    init(from input: String) {
        self.input = input
        letters = Array(input.lowercased().utf8)
    }

    /// Edits (insert, delete, replace, swap neighbours) that turn the input into a name; nil when more than `limit`.
    /// A change of case alone counts as one.
    mutating func measure(_ option: String, limit: Int) -> Int? {
        // Most names are told by their length, before anything is copied.
        guard abs(letters.count - option.utf8.count) <= limit else { return nil }
        if input == option { return 0 }
        let other = Array(option.lowercased().utf8)
        if letters == other { return 1 }
        last = Array(0...other.count)
        for row in letters.indices {
            current.removeAll(keepingCapacity: true)
            current.append(row + 1)
            for column in other.indices {
                let cost = letters[row] == other[column] ? 0 : 1
                var distance = min(last[column + 1] + 1, current[column] + 1, last[column] + cost)
                if row > 0, column > 0, letters[row] == other[column - 1], letters[row - 1] == other[column] {
                    distance = min(distance, beforeLast[column - 1] + 1)
                }
                current.append(distance)
            }
            (beforeLast, last, current) = (last, current, beforeLast)
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
