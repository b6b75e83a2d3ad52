/// Names close to a misspelt one, best first, as graphql-js picks them.
func suggestionList(_ input: String, _ options: [String]) -> [String] {
    let limit = Int(Double(input.utf8.count) * 0.4) + 1
    return
        options.compactMap { option in
            lexicalDistance(input, option, limit: limit).map { (option, $0) }
        }
        .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
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

/// Edits (insert, delete, replace, swap neighbours) that turn one name into the other; nil when more than `limit`.
/// A change of case alone counts as one.
private func lexicalDistance(_ input: String, _ option: String, limit: Int) -> Int? {
    if input == option { return 0 }
    let (left, right) = (Array(input.lowercased().utf8), Array(option.lowercased().utf8))
    if left == right { return 1 }
    guard abs(left.count - right.count) <= limit else { return nil }
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for row in 1...max(left.count, 1) where !left.isEmpty {
        var current = [row]
        for column in 1...max(right.count, 1) where !right.isEmpty {
            let cost = left[row - 1] == right[column - 1] ? 0 : 1
            var distance = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost)
            if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                distance = min(distance, beforeLast[column - 2] + 1)
            }
            current.append(distance)
        }
        (beforeLast, last) = (last, current)
    }
    return last[right.count] <= limit ? last[right.count] : nil
}
