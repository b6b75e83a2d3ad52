import AccordAdapters

/// The databases that all tenants share: whether they answer, who Accord is there, and what they have had of the
/// migrations.
struct DatabaseChecks {
    let examinations: [DatabaseExamination]

    func reach() -> CheckResult {
        let findings = examinations.compactMap { examination -> Finding? in
            guard case .failure(let error) = examination.result else { return nil }
            let cause = Unreachability(
                error, at: examination.target.endpoint, saidBy: Self.setting(examination.target.label))
            return Finding(
                .database,
                "\(Self.name(examination.target.label)), \(examination.place), can't be used: \(cause.reason)",
                why: "Tenants, users and connections are there: without it every request fails.", remedy: cause.remedy)
        }
        let seen = examinations.compactMap { examination in
            examination.inspection.map { "\(examination.place), PostgreSQL \($0.version)" }
        }
        return CheckResult(.database, findings, passed: seen.joined(separator: "; "))
    }

    func role() -> CheckResult {
        guard let inspections else { return CheckResult(.role, .notChecked(since: Self.noAnswer)) }
        let findings = inspections.flatMap { target, inspection in
            inspection.roleProblems.map {
                Finding(.role, $0.problem, why: Self.whyRole, remedy: $0.remedy)
            }
        }
        return CheckResult(
            .role, findings.firstOfEach, passed: "subject to row-level security, and writes only what is Accord's")
    }

    func migrations() -> CheckResult {
        guard let inspections else { return CheckResult(.migrations, .notChecked(since: Self.noAnswer)) }
        let findings = inspections.flatMap { target, inspection in
            MigrationProblem.all(in: inspection.migrations).map {
                Finding(.migrations, "\(Self.name(target.label)): \($0.problem)", why: $0.why, remedy: $0.remedy)
            }
        }
        let versions = inspections.compactMap { $0.1.migrations.history.last?.name }
        return CheckResult(.migrations, findings, passed: "up to date (\(versions.joined(separator: ", ")))")
    }

    static let whyRole = """
        A wrong statement could then show or change what belongs to another organization, or to another application.
        """
    static let noAnswer = "a database can't be used"

    /// Nil unless all could be looked into.
    private var inspections: [(MigrationTarget, DatabaseInspection)]? {
        let found = examinations.compactMap { examination in
            examination.inspection.map { (examination.target, $0) }
        }
        return found.count == examinations.count ? found : nil
    }

    private static func name(_ label: String) -> String {
        label == "central" ? "The central database" : "The organizations' database"
    }

    private static func setting(_ label: String) -> String {
        label == "central" ? "ACCORD_DATABASE_URL" : "ACCORD_ORGS_DATABASE_URL"
    }
}

extension [Finding] {
    /// Without repetitions.
    var firstOfEach: [Finding] {
        var seen: Set<Finding> = []
        return filter { seen.insert($0).inserted }
    }
}
