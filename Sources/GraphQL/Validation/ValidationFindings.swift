/// The errors found in a document, their places still byte offsets.
struct ValidationFindings {
    private struct Finding {
        let message: String
        let offsets: [UInt32]
    }

    private let rules: ValidationRules
    private var findings: [Finding] = []
    private var locationCount = 0
    /// Whether the limit is reached and nothing more is taken.
    private(set) var isFull = false

    init(_ rules: ValidationRules) { self.rules = rules }

    /// Whether an error of this rule would be taken: ask before composing a message that costs something.
    func wants(_ rule: ValidationRule) -> Bool { !isFull && rules.contains(rule) }

    /// Takes an error, with its places in the order in which they are to be reported.
    mutating func report(_ rule: ValidationRule, _ message: String, at offsets: [UInt32]) {
        guard wants(rule) else { return }
        guard findings.count < ValidationContext.maximumErrors,
            locationCount < ValidationContext.maximumLocations
        else {
            isFull = true
            let message = "Too many validation errors, error limit reached. Validation aborted."
            findings.append(Finding(message: message, offsets: []))
            return
        }
        findings.append(Finding(message: message, offsets: offsets))
        locationCount += offsets.count
    }

    /// The errors with their places as lines and columns, for all of which the text is read only once.
    func errors(in document: Document) -> [GraphQLError] {
        guard !findings.isEmpty else { return [] }
        let locations = document.source.locations(at: findings.flatMap(\.offsets))
        return findings.map { finding in
            GraphQLError(finding.message, locations: finding.offsets.compactMap { locations[$0] })
        }
    }
}

extension Source {
    /// Line and column of each of these byte offsets, in time proportional to the text.
    fileprivate func locations(at offsets: [UInt32]) -> [UInt32: SourceLocation] {
        var locations: [UInt32: SourceLocation] = [:]
        var line = 1
        var column = 1
        var position = 0
        for offset in Set(offsets).sorted() {
            while position < min(Int(offset), count) {
                switch bytes[position] {
                case UInt8(ascii: "\n"),
                    UInt8(ascii: "\r") where bytes[position + 1] != UInt8(ascii: "\n"):
                    line += 1
                    column = 1
                case 0x80..<0xC0:
                    break  // Not the first byte of its character.
                default:
                    column += 1
                }
                position += 1
            }
            locations[offset] = SourceLocation(line: line, column: column)
        }
        return locations
    }
}
