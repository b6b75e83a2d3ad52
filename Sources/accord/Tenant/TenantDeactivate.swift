import AccordAdapters
import ArgumentParser

struct TenantDeactivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deactivate", abstract: "Keeps the users of a tenant out. Nothing is deleted.")

    @OptionGroup var options: TenantOptions

    @ArgumentParser.Argument(help: "The tenant's url.")
    var url: String

    func run() async throws {
        try await options.withAdministration { try await $0.setActive(url, false) }
        print("\(url) is inactive.")
    }
}
