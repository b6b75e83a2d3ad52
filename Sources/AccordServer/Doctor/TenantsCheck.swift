import AccordAdapters

/// Whether every tenant's database can be used.
///
/// The central database knows all of them; into how many is looked is bounded, by their number and by time, so that
/// thousands of tenants are neither waited for nor burdened. Those that the central database is unsure of come first,
/// the others in another order each time.
struct TenantsCheck {
    let inspector: DatabaseInspector
    /// When all must have ended.
    let deadline: ContinuousClock.Instant

    /// How many databases are looked into, at most, and how many at a time.
    static let limit = 100
    static let atATime = 6
    /// How long one may take.
    private static let patience = Duration.milliseconds(1_500)
    /// How many tenants, and how many findings, are named.
    private static let namesShown = 5
    private static let findingsShown = 8

    /// - Returns: what was found, and what was looked into.
    func run() async -> (CheckResult, [DatabaseExamination]) {
        let listed = await answer(by: deadline) { () async -> Result<[MigrationTarget], any Error> in
            do { return .success(try await inspector.tenants()) } catch { return .failure(error) }
        }
        let tenants: [MigrationTarget]
        switch listed ?? .failure(NoAnswer()) {
        case .success(let targets): tenants = targets
        case .failure(let error):
            let finding = Finding(
                .tenants, "The tenants can't be listed: \(error)", why: "No request finds its tenant.",
                remedy: "Run: accord migrate, with ACCORD_MIGRATION_DATABASE_URL: it grants what the server needs.")
            return (CheckResult(.tenants, .found([finding])), [])
        }
        let examinations = await examine(order(tenants))
        let seen = "\(examinations.count) of \(tenants.count) tenants' databases were looked into"
        return (CheckResult(.tenants, findings(tenants, examinations, seen), passed: seen), examinations)
    }

    private func order(_ tenants: [MigrationTarget]) -> [MigrationTarget] {
        let isSure = { (target: MigrationTarget) in target.record == .current }
        return tenants.filter { !isSure($0) }.shuffled() + tenants.filter(isSure).shuffled()
    }

    private func examine(_ tenants: [MigrationTarget]) async -> [DatabaseExamination] {
        let inspector = inspector
        return await withTaskGroup(of: DatabaseExamination?.self) { group in
            var done: [DatabaseExamination] = []
            for (index, target) in tenants.filter({ $0.endpoint != nil }).prefix(Self.limit).enumerated() {
                if index >= Self.atATime, let examination = await group.next() {
                    done += [examination].compactMap(\.self)
                }
                // What there is no time for was not looked into, and nothing is said of it.
                guard .now + Self.patience < deadline else { break }
                group.addTask {
                    await DatabaseExamination.run(target, with: inspector, by: .now + Self.patience)
                }
            }
            for await examination in group { done += [examination].compactMap(\.self) }
            return done
        }
    }

    // MARK: - What is said

    /// The same of several tenants is one finding.
    private func findings(
        _ tenants: [MigrationTarget], _ examinations: [DatabaseExamination], _ seen: String
    ) -> [Finding] {
        var tenantsByProblem: [Problem: [String]] = [:]
        for examination in examinations {
            for problem in problems(examination) {
                tenantsByProblem[problem, default: []].append(examination.target.label)
            }
        }
        let known = Set(examinations.map(\.target.label))
        for target in tenants where !known.contains(target.label) {
            if target.endpoint == nil {
                tenantsByProblem[.noAddress, default: []].append(target.label)
            } else if target.record == .behind {
                tenantsByProblem[Problem(.behindByRecord), default: []].append(target.label)
            }
        }
        let places = Dictionary(grouping: tenants.filter { $0.endpoint != nil }) { $0.endpoint?.place ?? "" }
        for (place, tenants) in places where tenants.count > 1 {
            tenantsByProblem[.shared(place)] = tenants.map(\.label)
        }
        let sorted = tenantsByProblem.map { ($0.key, $0.value.sorted()) }
            .sorted { ($1.1.count, $0.1[0], $0.0.problem) < ($0.1.count, $1.1[0], $1.0.problem) }
        let shown = sorted.prefix(Self.findingsShown).map { problem, tenants in
            Finding(
                .tenants, "\(Self.names(tenants)): \(problem.problem) (\(seen).)", why: problem.why,
                remedy: problem.remedy.replacing("TENANT", with: tenants[0]))
        }
        let rest = Set(sorted.dropFirst(Self.findingsShown).flatMap(\.1))
        guard !rest.isEmpty else { return shown }
        return shown + [
            Finding(
                .tenants, "\(Self.names(rest.sorted())): something else is wrong.", why: Problem.whyUnreachable,
                remedy: "Mend the above, and run accord doctor again.")
        ]
    }

    private func problems(_ examination: DatabaseExamination) -> [Problem] {
        switch examination.result {
        case .failure(let error):
            let cause = Unreachability(error, at: examination.target.endpoint, saidBy: Problem.setting)
            return [
                Problem(
                    problem: "The database can't be used: \(cause.reason)", why: Problem.whyUnreachable,
                    remedy: cause.remedy)
            ]
        case .success(let inspection):
            let role = inspection.roleProblems.map {
                Problem(
                    problem: $0.problem, why: DatabaseChecks.whyRole,
                    remedy: $0.remedy.replacing("the database's URL", with: Problem.setting))
            }
            let migrations = MigrationProblem.all(in: inspection.migrations)
            let isStale = migrations.isEmpty && examination.target.record == .behind
            return role + migrations.map(Problem.init) + (isStale ? [Problem(.staleRecord)] : [])
        }
    }

    private static func names(_ tenants: [String]) -> String {
        guard tenants.count > 1 else { return "The tenant \(tenants[0])" }
        let rest = tenants.count - namesShown
        return "\(tenants.count) tenants (\(tenants.prefix(namesShown).joined(separator: ", "))"
            + (rest > 0 ? " and \(rest) more)" : ")")
    }

    /// Something wrong with tenants' databases. `TENANT` in the remedy stands for one of them.
    private struct Problem: Hashable {
        let problem: String
        let why: String
        let remedy: String

        init(problem: String, why: String, remedy: String) {
            self.problem = problem
            self.why = why
            self.remedy = remedy
        }

        init(_ problem: MigrationProblem) {
            self.init(problem: problem.problem, why: problem.why, remedy: problem.remedy)
        }

        static let setting = "tenants.database_url of TENANT"
        static let whyUnreachable = "Requests of its users fail with DATABASE_UNAVAILABLE."
        static func shared(_ place: String) -> Problem {
            Problem(
                problem: "They share the database \(place).",
                why: "Nothing there tells tenants apart: each sees and changes the others' agreements.",
                remedy: "Leave it to one of them: accord tenant deactivate TENANT.")
        }
        static let noAddress = Problem(
            problem: "The row's database_url is no PostgreSQL URL.", why: whyUnreachable,
            remedy: "Run: UPDATE public.tenants SET database_url = 'postgresql://…' WHERE url = 'TENANT';")
    }
}
