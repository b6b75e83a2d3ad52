import AccordAdapters
import AccordCore
import AccordServer
import ArgumentParser

struct AuditVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Finds what was changed, removed or inserted in audit logs.",
        discussion: """
            Computes the hash of every entry anew. Prints for each tenant the number of its entries and the hash of the \
            last one; keep that line elsewhere, and give it to a later run by --expect: who may change everything in the \
            database could make a whole new log, but not one with that entry.

            Exit status: 0 when all logs are whole, 1 when one is not or could not be read, 64 when the command line is \
            wrong.
            """
    )

    @OptionGroup var tenants: MeantTenants

    @Option(
        help: ArgumentHelp(
            "An entry that an earlier run has printed for the tenant: it must still be there.", valueName: "N:HASH"))
    var expect: String?

    @OptionGroup var settings: SettingsOptions

    func validate() throws {
        guard let expect else { return }
        guard tenants.tenant != nil else { throw ValidationError("--expect goes with --tenant.") }
        guard AuditVerification.Head(expect) != nil else {
            throw ValidationError("--expect takes what accord audit verify prints: a number, a colon and a hash.")
        }
    }

    func run() async throws {
        let configuration = try AuditConfiguration(await settings.reader())
        let logger = configuration.log.bootstrap()
        let expected = expect.flatMap { AuditVerification.Head($0) }
        let isWell = try await configuration.withDatabases(logger: logger) { databases, active in
            let verification = AuditVerification(databases: databases)
            return try await tenants.areWell(among: active) { tenant throws(AccordError) in
                let report = try await verification.verify(tenant, expected: expected)
                print("\(tenant.url): \(report.line)")
                return report.fault == nil
            }
        }
        guard isWell else { throw ExitCode.failure }
    }
}

extension AuditVerification.Report {
    fileprivate var line: String {
        guard let fault else { return "\(head.id) entries, whole: \(head)" }
        return "\(fault.line) The last entry before that: \(head)"
    }
}

extension AuditVerification.Fault {
    fileprivate var line: String {
        switch self {
        case .missing(let id): "BROKEN: entry \(id) is missing."
        case .unchained(let id):
            "BROKEN: entry \(id) was not appended to the one before it: that was changed, or others were removed or inserted."
        case .changed(let id): "BROKEN: entry \(id) was changed."
        case .inserted(let count): "BROKEN: there are \(count) entries or more besides those of the chain."
        case .cutOff(let id): "BROKEN: the entries after \(id) are missing."
        case .wrongEnd: "BROKEN: the end of the log was changed, or entries were appended past it."
        case .unexpected(let id): "BROKEN: entry \(id) is another one than expected."
        }
    }
}
