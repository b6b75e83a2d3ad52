/// The errors found in a document, their places still byte offsets.
struct ValidationFindings {
    private struct Finding {
        let message: String
        let offsets: [UInt32]
    }

    /// What stands behind the last error when there are more.
    static let aborted = "Too many validation errors, error limit reached. Validation aborted."

    private let rules: ValidationRules
    private let maximumErrors: Int
    private var findings: [Finding] = []
    private var locationCount = 0
    private var messageBytes = 0
    /// Whether the limit is reached and nothing more is taken.
    private(set) var isFull = false

    init(_ rules: ValidationRules, maximumErrors: Int) {
        self.rules = rules
        self.maximumErrors = maximumErrors
    }

    /// Whether an error of this rule would be taken: ask before composing a message that costs something.
    func wants(_ rule: ValidationRule) -> Bool { !isFull && rules.contains(rule) }

    /// Takes an error, with its places in the order in which they are to be reported.
    mutating func report(_ rule: ValidationRule, _ message: String, at offsets: [UInt32]) {
        guard wants(rule) else { return }
        guard findings.count < maximumErrors,
            locationCount < ValidationContext.maximumLocations, messageBytes < ValidationContext.maximumMessageBytes
        else {
            isFull = true
            findings.append(Finding(message: Self.aborted, offsets: []))
            return
        }
        findings.append(Finding(message: message, offsets: offsets))
        locationCount += offsets.count
        messageBytes += message.utf8.count
    }

    /// The errors with their places as lines and columns.
    func errors(in document: Document) -> [GraphQLError] {
        guard !findings.isEmpty else { return [] }
        let table = LocationTable(document.source)
        return findings.map { finding in
            GraphQLError(finding.message, locations: finding.offsets.map(table.location))
        }
    }
}
