import FoundationEssentials

/// What `accord doctor` has found out.
package struct DoctorReport: Sendable {
    /// In the order of `Check.allCases`.
    package let checks: [CheckResult]

    /// Everything that is wrong, in the order of the checks.
    package var findings: [Finding] {
        checks.flatMap { result in
            if case .found(let findings) = result.outcome { findings } else { [Finding]() }
        }
    }

    /// For people: a line for each check, then each finding with why it matters and what mends it.
    package var text: String {
        let width = (Check.allCases.map(\.rawValue.count).max() ?? 0) + 2
        var lines = checks.map { result in
            let name = result.check.rawValue
            return name + String(repeating: " ", count: width - name.count) + result.outcome.text
        }
        lines.append("")
        guard !findings.isEmpty else { return (lines + ["All is well."]).joined(separator: "\n") }
        for finding in findings {
            lines += [
                "\(finding.check.rawValue): \(finding.problem)", "    why:  \(finding.why)",
                "    mend: \(finding.remedy)",
            ]
        }
        return lines.joined(separator: "\n")
    }

    /// For programs, as `docs/doctor.md` describes it.
    package var json: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let document = Document(ok: findings.isEmpty, checks: checks.map(Document.Line.init), findings: findings)
        return (try? encoder.encode(document)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private struct Document: Encodable {
        let ok: Bool
        let checks: [Line]
        let findings: [Finding]

        struct Line: Encodable {
            let check: Check
            /// `passed`, `found` or `notChecked`.
            let status: String
            let text: String

            init(_ result: CheckResult) {
                check = result.check
                text = result.outcome.text
                status =
                    switch result.outcome {
                    case .passed: "passed"
                    case .found: "found"
                    case .notChecked: "notChecked"
                    }
            }
        }
    }
}

extension CheckResult.Outcome {
    fileprivate var text: String {
        switch self {
        case .passed(let text): "ok: \(text)".hidingPasswords
        case .found(let findings): findings.count == 1 ? "1 finding" : "\(findings.count) findings"
        case .notChecked(let reason): "not checked, since \(reason)"
        }
    }
}
