import AccordAdapters
import ArgumentParser

struct TenantActivate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Lets the users of a tenant in again.")

    @OptionGroup var options: TenantOptions

    @ArgumentParser.Argument(help: "The tenant's url.")
    var url: String

    func run() async throws {
        try await options.withAdministration { try await $0.setActive(url, true) }
        print("\(url) is active.")
    }
}
