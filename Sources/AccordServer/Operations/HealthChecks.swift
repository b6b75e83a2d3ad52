import AccordAPI
import AccordAdapters
import AccordCore
import Logging
import S3

/// Whether the server can do its work.
///
/// An actor, because whoever asks while a check is under way shares its answer: however many ask, the databases and the
/// storage are asked once at a time.
actor HealthChecks {
    private let databases: Databases
    private let storage: any ObjectStorage
    /// What is known of the bucket; nil for a directory.
    private let store: StoreState?
    private let logger: Logger
    private var check: Task<HealthReport, Never>?
    private var isStopping = false
    private var isRoleKnown = true

    /// How long a part may take to answer: whoever asks for readiness has a deadline of their own.
    private static let patience = Duration.seconds(5)

    /// Makes the checks.
    init(databases: Databases, storage: any ObjectStorage, store: StoreState?, logger: Logger) {
        self.databases = databases
        self.storage = storage
        self.store = store
        self.logger = logger
    }

    /// Says from now on that the server is being stopped.
    func stop() {
        isStopping = true
    }

    /// Says whether the database's role was looked at. As long as it was not, the server isn't ready.
    func setRoleIsKnown(_ isKnown: Bool) {
        isRoleKnown = isKnown
    }

    /// Asks the databases and the storage, within seconds. Why one of them fails is in the log, too.
    func report() async -> HealthReport {
        guard !isStopping else { return HealthReport(status: .stopping) }
        if let check { return await check.value }
        // A task of its own, since the check belongs to all who wait for it and not to the request that came first.
        let check = Task { await makeReport() }
        self.check = check
        return await check.value
    }

    private func makeReport() async -> HealthReport {
        let (databases, storage, store) = (databases, storage, store)
        async let database = problem("database") { () async throws(AccordError) in
            try await databases.checkReadiness()
            return nil
        }
        async let files = problem("storage") { () async throws(AccordError) in
            do throws(AccordError) {
                try await storage.checkReadiness()
                return nil
            } catch {
                guard store?.statistics.isCircuitOpen == true else { throw error }
                return "The file storage can't be reached. Calls to it are refused until it answers."
            }
        }
        async let migrations = problem("migrations") { () async throws(AccordError) in
            try await MigrationCheck(databases).findProblem()
        }
        var problems = await ["database": database, "storage": files, "migrations": migrations].compactMapValues(\.self)
        if !isRoleKnown { problems["role"] = "Whether the database's role may do too much is not known yet." }
        check = nil
        return HealthReport(status: problems.isEmpty ? .ready : .unavailable, problems: problems)
    }

    /// What is wrong with a part, in a sentence; nil when nothing is.
    private nonisolated func problem(
        _ part: String, _ ask: @escaping @Sendable () async throws(AccordError) -> String?
    ) async -> String? {
        let problem = await withTaskGroup(of: String?.self) { group in
            group.addTask {
                do throws(AccordError) {
                    return try await ask()
                } catch {
                    return error.presentation.message
                }
            }
            group.addTask {
                try? await Task.sleep(for: Self.patience)
                return "It did not answer within \(Self.patience)."
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if let problem { logger.warning("Not ready", metadata: ["part": "\(part)", "problem": "\(problem)"]) }
        return problem
    }
}

/// What the checks came to.
struct HealthReport: Sendable {
    enum Status: String {
        case ready, unavailable
        /// Requests are still answered, but no further ones should be sent.
        case stopping
    }

    let status: Status
    /// What is wrong, in a sentence each, by the part: for operators.
    var problems: [String: String] = [:]
}
