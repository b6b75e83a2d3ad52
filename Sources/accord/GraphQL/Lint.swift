import ArgumentParser
import GraphQL
import GraphQLTools

extension GraphQLCommand {
    struct Lint: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Holds a schema to good habits.",
            discussion: """
                What breaks a rule is printed as file:line:column: coordinate: message (rule). Each rule can be \
                switched off; --rules lists them. The exit status is 0 when nothing is found, else 1.
                """
        )

        @Option(
            help: ArgumentHelp("Switches a rule off. May be repeated, or take several with commas.", valueName: "rule"),
            transform: namedRules)
        var disable: [[LintRule]] = []

        @Option(
            help: ArgumentHelp(
                "Switches all other rules off. May be repeated, or take several with commas.", valueName: "rule"),
            transform: namedRules)
        var only: [[LintRule]] = []

        @Flag(help: "Lists the rules instead.")
        var rules = false

        @Flag(help: "Prints one JSON object: findings (rule, coordinate, message, file, line, column).")
        var json = false

        @ArgumentParser.Argument(help: ArgumentHelp("The schema's files; - is standard input.", valueName: "file"))
        var schema: [String] = []

        func validate() throws {
            guard rules || !schema.isEmpty else { throw ValidationError("Name the schema's files, or use --rules.") }
        }

        func run() throws {
            if rules {
                for rule in LintRule.allCases { print("\(rule.rawValue): \(rule.summary)") }
                return
            }
            let loaded = try reportingProblems { try LoadedSchema(try SourceFile.read(schema)) }
            let wanted = only.isEmpty ? Set(LintRule.allCases) : Set(only.joined())
            let findings = loaded.findings(rules: wanted.subtracting(disable.joined()))
            if json {
                print(Value.object([ObjectField("findings", .list(findings.map(\.json)))]).indentedJSON)
            } else {
                for finding in findings { print(finding) }
            }
            guard findings.isEmpty else { throw ExitCode.failure }
        }

        /// The rules that an option names.
        private static func namedRules(_ text: String) throws -> [LintRule] {
            try text.split(separator: ",").map { name in
                guard let rule = LintRule(rawValue: String(name)) else {
                    let names = LintRule.allCases.map(\.rawValue).joined(separator: ", ")
                    throw ValidationError("There is no rule \"\(name)\". The rules are \(names).")
                }
                return rule
            }
        }
    }
}
