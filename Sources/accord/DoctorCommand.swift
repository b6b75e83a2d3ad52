import AccordServer
import ArgumentParser

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Says within five seconds what is wrong with an installation, and what mends it.",
        discussion: """
            Checks the settings, the databases (reachable, role, versions and drift, tenants, room for connections), the \
            storage (a round trip, private), the keys of tokens and their issuer, clocks, the port, disks and the \
            certificate. Changes nothing, but for a file of its own in the storage, which it removes. Takes the settings \
            of accord serve.

            Exit status: 0 when all is well, 1 when something was found, 64 when the command line is wrong. \
            docs/doctor.md describes the checks and the JSON.
            """
    )

    @Flag(help: "Prints the report as JSON.")
    var json = false

    @OptionGroup var settings: SettingsOptions

    func run() async throws {
        let doctor = Doctor(try await settings.reader(), names: try settings.names())
        let report = await doctor.run()
        print(json ? report.json : report.text)
        guard report.findings.isEmpty else { throw ExitCode.failure }
    }
}
