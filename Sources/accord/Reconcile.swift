import AccordCore
import AccordServer
import ArgumentParser
import Foundation

struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Compares the rows of agreements with the files that are stored, and removes files without a row.",
        discussion: """
            Takes the settings of accord serve for databases and storage, and may run beside servers. Unfinished changes \
            are settled first. What is missing is reported: nothing can bring it back but a backup.

            Exit status: 0 when all is well, 1 when something was found that is not mended, 64 when the command line is \
            wrong. docs/operations.md describes the report.
            """
    )

    @OptionGroup var tenants: MeantTenants

    @Flag(help: "Changes nothing: says what would be removed.")
    var dryRun = false

    @Flag(help: "Compares each file's SHA-256, too, not only its size.")
    var checksums = false

    @Option(help: ArgumentHelp("How old a file without a row must be to be removed.", valueName: "seconds"))
    var grace = 3_600

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
        guard grace >= 0 else { throw ValidationError("--grace takes a number of seconds.") }
    }

    func run() async throws {
        let configuration = try ReconciliationConfiguration(await settings.reader())
        let logger = configuration.log.bootstrap()
        var options = AgreementReconciliation.Options(orphansUntil: Date(timeIntervalSinceNow: -Double(grace)))
        options.mends = !dryRun
        options.comparesSHA = checksums
        let isWell = try await configuration.withReconciliation(options, logger: logger) { reconciliation, active in
            try await tenants.areWell(among: active) { tenant throws(AccordError) in
                let report = try await reconciliation.reconcile(tenant) { print("\(tenant.url): \($0.line)") }
                print("\(tenant.url): \(report.line)")
                return report.isWell
            }
        }
        guard isWell else { throw ExitCode.failure }
    }
}

extension AgreementReconciliation.Finding {
    fileprivate var line: String {
        switch self {
        case .missing(let key): "missing: \(key)"
        case .different(let key): "different: \(key)"
        case .orphan(let key, let isRemoved): "\(isRemoved ? "removed" : "orphan"): \(key)"
        case .foreign(let key): "foreign: \(key)"
        }
    }
}

extension AgreementReconciliation.Report {
    fileprivate var line: String {
        "\(rows) rows\(kept > 0 ? " and \(kept) kept versions" : ""), \(objects) files: \(missing) missing, \(different) different, \(orphans) without a row "
            + "(\(removed) removed), \(undecided) undecided, \(foreign) foreign"
    }
}
