package import Configuration

/// Reads settings by their names in the environment, and collects everything that is wrong with them.
package struct SettingsReader: Sendable {
    private let config: ConfigReader
    /// A sentence for each setting that is missing or malformed.
    private(set) var problems: [String] = []

    /// Makes a reader.
    ///
    /// - Parameter config: where settings come from. The key of `ACCORD_LOG_LEVEL` is `accord.log.level`.
    package init(_ config: ConfigReader) {
        self.config = config
    }

    /// The key of a setting, for providers that don't read the environment.
    package static func key(_ name: String) -> AbsoluteConfigKey {
        AbsoluteConfigKey(name.lowercased().split(separator: "_").map(String.init))
    }

    /// The setting's text; nil when it is absent or empty.
    func text(_ name: String) -> String? {
        let text = config.string(forKey: ConfigKey(name.lowercased().split(separator: "_").map(String.init)))
        return text?.isEmpty == false ? text : nil
    }

    /// The setting's text, which must be there.
    mutating func required(_ name: String, _ meaning: String) -> String {
        if let text = text(name) { return text }
        problems.append("\(name) is missing: \(meaning).")
        return ""
    }

    /// A whole number in `range`.
    mutating func integer(_ name: String, default defaultValue: Int, in range: ClosedRange<Int>) -> Int {
        guard let text = text(name) else { return defaultValue }
        if let number = Int(text), range.contains(number) { return number }
        problems.append(
            "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), not \"\(text)\".")
        return defaultValue
    }

    /// One of `choices`, by its spelling.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String, default defaultValue: Choice
    ) -> Choice where Choice.RawValue == String {
        guard let text = text(name) else { return defaultValue }
        if let choice = Choice(rawValue: text.lowercased()) { return choice }
        let choices = Choice.allCases.map(\.rawValue).joined(separator: ", ")
        problems.append("\(name) must be one of \(choices), not \"\(text)\".")
        return defaultValue
    }

    /// `true` or `false`, also spelled `yes`, `no`, `1`, `0`.
    mutating func boolean(_ name: String, default defaultValue: Bool) -> Bool {
        switch text(name)?.lowercased() {
        case nil: return defaultValue
        case "true", "yes", "1": return true
        case "false", "no", "0": return false
        case let text?:
            problems.append("\(name) must be true or false, not \"\(text)\".")
            return defaultValue
        }
    }

    /// Values separated by commas.
    func list(_ name: String) -> [String] {
        (text(name) ?? "").split(separator: ",")
            .map { $0.trimmingPrefix(while: \.isWhitespace) }
            .map { String($0.reversed().drop(while: \.isWhitespace).reversed()) }
            .filter { !$0.isEmpty }
    }

    /// Takes what `read` makes of the setting's text; what it throws is the problem.
    mutating func parsed<Value>(_ name: String, _ read: () throws -> Value) -> Value? {
        do {
            return try read()
        } catch {
            problems.append("\(name) can't be used: \(error)")
            return nil
        }
    }

    mutating func report(_ problem: String) {
        problems.append(problem)
    }
}

/// All settings that are missing or malformed.
package struct ConfigurationErrors: Error, CustomStringConvertible {
    /// A sentence each.
    package let problems: [String]

    /// A line for each problem.
    package var description: String {
        "These settings can't be used (see docs/configuration.md):\n"
            + problems.map { "  - \($0)" }.joined(separator: "\n")
    }
}
