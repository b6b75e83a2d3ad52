import GraphQL
import Testing

/// A document made to cost much more than its length tells.
struct ValidationAttack: Sendable, CustomTestStringConvertible {
    /// How many errors there are, and how the last one begins: messages may be long.
    struct Verdict: Equatable, Sendable {
        static let valid = Verdict(0, last: "")
        static func refused(_ message: String) -> Verdict { Verdict(1, last: message) }
        static func errors(_ count: Int, last: String) -> Verdict { Verdict(count, last: last) }

        private let count: Int
        private let last: String

        init(_ count: Int, last: String) {
            self.count = count
            self.last = String(last.prefix(48))
        }
    }

    let name: String
    var limits = Limits()
    var rules = ValidationRules.all
    let document: String
    let verdict: Verdict

    init(
        _ name: String, limits: Limits = Limits(), rules: ValidationRules = .all, _ verdict: Verdict,
        _ document: String
    ) {
        self.name = name
        self.limits = limits
        self.rules = rules
        self.document = document
        self.verdict = verdict
    }

    var testDescription: String { name }

    static let aborted = "Too many validation errors, error limit reached. Validation aborted."
    static let all = overlaps + messages + suggestions + repetitions + sharings + values
}
