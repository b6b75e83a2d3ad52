import AccordAdapters
package import Configuration
import Curl
import Logging
import NIOPosix
import PostgreSQL

/// Checks everything that a server needs before it serves, and says what mends what is wrong. Changes nothing, but for a
/// file of its own in the storage, which it removes.
///
/// All checks run side by side, each until a time of its own, so that the whole has ended within five seconds of its
/// start, whatever hangs. One that needs what another has found wrong is not made, and says so.
package struct Doctor: Sendable {
    private let settings: DoctorSettings
    private let names: [String]
    private let http = CurlClient()

    /// What may take how long, from the start. The rest of the five seconds is the program's start and end.
    private enum Deadline {
        static let databases = Duration.milliseconds(2_500)
        static let all = Duration.milliseconds(4_200)
    }

    /// Reads the settings; nothing is asked yet.
    ///
    /// - Parameters:
    ///   - config: where settings come from.
    ///   - names: the names of all that is set there, settings or not.
    package init(_ config: ConfigReader, names: [String]) {
        settings = DoctorSettings(config)
        self.names = names
    }

    /// Makes all checks.
    package func run() async -> DoctorReport {
        let start = ContinuousClock.now
        let deadline = start + Deadline.all
        async let storage = examineStorage(by: deadline)
        async let keys = answer(by: deadline) { [self] in await KeysCheck(keys: settings.keys, http: http).run() }
        async let issuer = check(.issuer, by: deadline) { [self] in
            await IssuerCheck(keys: settings.keys, issuers: settings.issuers, http: http).run()
        }
        async let port = check(.port, by: deadline) { [self] in await PortCheck(settings: settings, http: http).run() }
        async let disk = checkFiles(.disk, by: deadline) { [self] in DiskCheck(settings: settings).run() }
        async let certificate = checkFiles(.certificate, by: deadline) { [self] in
            CertificateCheck(path: settings.certificate).run()
        }
        let databases = await checkDatabases(start)
        let (keysResult, keysClocks) = await keys ?? (Self.noAnswer(.keys), [])
        let files = await storage
        let clock = ClockCheck(readings: databases.clocks + files.clocks + keysClocks).run()
        let results =
            [SettingsCheck(settings: settings, names: names).run(), keysResult, clock, files.storage, files.bucket]
            + databases.results + [await issuer, await port, await disk, await certificate]
        http.shutdown()
        return DoctorReport(
            checks: Check.allCases.compactMap { check in results.first { $0.check == check } })
    }

    // MARK: - Databases

    private func checkDatabases(
        _ start: ContinuousClock.Instant
    ) async -> (results: [CheckResult], clocks: [ClockReading]) {
        guard let central = settings.database, settings.unusableDatabase == nil else {
            let checks: [Check] = [.database, .role, .migrations, .tenants, .connections]
            let reason = "\(settings.unusableDatabase ?? "") can't be used"
            return (checks.map { CheckResult($0, .notChecked(since: reason)) }, [])
        }
        let inspector = DatabaseInspector(
            pool: pool, central: central, organizations: settings.organizationsDatabase, logger: .silent)
        var shared: [DatabaseExamination] = []
        await withTaskGroup(of: DatabaseExamination.self) { group in
            for target in inspector.shared {
                group.addTask { await .run(target, with: inspector, by: start + Deadline.databases) }
            }
            for await examination in group { shared.append(examination) }
        }
        shared.sort { $0.target.label < $1.target.label }
        let checks = DatabaseChecks(examinations: shared)
        let (tenants, examined) = await checkTenants(inspector, shared, by: start + Deadline.all)
        let connections = ConnectionsCheck(
            budget: settings.databaseConnections, examinations: shared + examined)
        let clocks = shared.compactMap { examination in
            examination.inspection.map {
                ClockReading(machine: "the database \(examination.server)", offset: $0.clockOffset)
            }
        }
        return ([checks.reach(), checks.role(), checks.migrations(), tenants, connections.run()], clocks)
    }

    private func checkTenants(
        _ inspector: DatabaseInspector, _ shared: [DatabaseExamination], by deadline: ContinuousClock.Instant
    ) async -> (CheckResult, [DatabaseExamination]) {
        guard let central = shared.first(where: { $0.target.label == "central" })?.inspection else {
            return (
                CheckResult(.tenants, .notChecked(since: "the central database, which lists them, can't be used")), []
            )
        }
        guard central.migrations.failure != nil || !central.migrations.history.isEmpty else {
            return (CheckResult(.tenants, .notChecked(since: "the central database was never migrated")), [])
        }
        return await TenantsCheck(inspector: inspector, deadline: deadline).run()
    }

    /// A pool for a few seconds. Nothing waits for its end: the process ends.
    private var pool: PostgreSQLPool {
        var limits = PostgreSQLPoolConfiguration(
            maximumConnections: TenantsCheck.atATime + 2, pooling: settings.pooling)
        limits.connectTimeout = .seconds(2)
        limits.statementTimeout = .seconds(2)
        limits.acquireTimeout = .seconds(2)
        limits.applicationName = ConnectionRoom.inspectionsApplicationName
        return PostgreSQLPool(configuration: limits, logger: .silent)
    }

    // MARK: - Deadlines

    private func examineStorage(by deadline: ContinuousClock.Instant) async -> StorageExamination {
        let examination = await answer(by: deadline) { [self] in await StorageExamination.run(settings.storage, http) }
        return examination
            ?? StorageExamination(
                storage: Self.noAnswer(.storage),
                bucket: CheckResult(.bucket, .notChecked(since: "the storage did not answer in time")))
    }

    private func check(
        _ check: Check, by deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () async -> CheckResult
    ) async -> CheckResult {
        await answer(by: deadline, of: work) ?? Self.noAnswer(check)
    }

    /// Runs a check that blocks on the file system.
    private func checkFiles(
        _ check: Check, by deadline: ContinuousClock.Instant, _ work: @escaping @Sendable () -> CheckResult
    ) async -> CheckResult {
        await self.check(check, by: deadline) {
            (try? await NIOThreadPool.singleton.runIfActive(work)) ?? Self.noAnswer(check)
        }
    }

    private static func noAnswer(_ check: Check) -> CheckResult {
        let remedy =
            switch check {
            case .storage: "Look at the store of AWS_ENDPOINT_URL, or the file system of ACCORD_STORAGE_DIRECTORY."
            case .keys: "Look at ACCORD_JWKS_URL or ACCORD_JWKS_FILE."
            case .disk: "Look at the file systems of ACCORD_TEMPORARY_DIRECTORY and ACCORD_STORAGE_DIRECTORY."
            case .port: "Look at the host in ACCORD_HOST."
            default: "Look at what it asks: docs/doctor.md."
            }
        return CheckResult(
            check,
            .found([
                Finding(
                    check, "The check did not end in time.",
                    why: "What it asks hangs, and requests will hang there too.",
                    remedy: remedy)
            ]))
    }
}

extension Logger {
    /// Nothing is logged: the report says it.
    fileprivate static var silent: Logger { Logger(label: "accord.doctor") { _ in SwiftLogNoOpLogHandler() } }
}
