/// What `accord doctor` checks, in the order of its report. `docs/doctor.md` says what each looks at.
package enum Check: String, CaseIterable, Encodable, Sendable {
    case settings, database, role, migrations, tenants, connections, storage, bucket, keys, issuer, clock, port, disk
    case certificate
}

/// What a check came to.
package struct CheckResult: Sendable {
    package let check: Check
    package let outcome: Outcome

    /// How a check ended.
    package enum Outcome: Sendable {
        /// Nothing is wrong. The text says what was seen.
        case passed(String)
        /// At least one thing is wrong.
        case found([Finding])
        /// The text completes "not checked, since".
        case notChecked(since: String)
    }

    init(_ check: Check, _ outcome: Outcome) {
        self.check = check
        self.outcome = outcome
    }

    /// Found, if there is any finding; else passed.
    init(_ check: Check, _ findings: [Finding], passed: String) {
        self.init(check, findings.isEmpty ? .passed(passed) : .found(findings))
    }

    /// Whether nothing was found and all was looked at.
    var hasPassed: Bool {
        if case .passed = outcome { true } else { false }
    }
}

/// Something that is wrong, and what mends it.
package struct Finding: Hashable, Encodable, Sendable {
    package let check: Check
    /// What is wrong.
    package let problem: String
    /// Why it matters.
    package let why: String
    /// The one command or setting that mends it.
    package let remedy: String

    /// Passwords of URLs in the problem are replaced by asterisks; the other two texts repeat no URL of the settings.
    init(_ check: Check, _ problem: String, why: String, remedy: String) {
        self.check = check
        self.problem = problem.hidingPasswords
        self.why = why
        self.remedy = remedy
    }
}

extension String {
    /// On one line, with asterisks for the passwords of URLs, and for whatever is before the `@` of one of HTTP.
    ///
    /// No text of a check holds a secret to begin with, but some repeat what others say.
    var hidingPasswords: String {
        split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }.joined(separator: " ")
            .replacing(#/(https?:\/\/)[^\s"'\/]*@/#) { "\($0.1)***@" }
            .replacing(#/:\/\/([^\s"'@:\/]*):[^\s"']*@/#) { "://\($0.1):***@" }
    }
}
