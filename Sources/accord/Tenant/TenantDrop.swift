import AccordAdapters
import ArgumentParser
import Foundation

struct TenantDrop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drop",
        abstract: "Deletes an inactive tenant with its database. Asks for its url first.",
        discussion: """
            Everything in the database goes, also what other applications keep there. A database that accord tenant \
            create has not made is left alone. The tenant's files stay in the storage.
            """
    )

    @OptionGroup var options: TenantOptions

    @ArgumentParser.Argument(help: "The tenant's url.")
    var url: String

    @Flag(help: "Doesn't ask. For scripts.")
    var force = false

    func run() async throws {
        try await options.withAdministration { administration in
            let tenant = try await administration.tenant(url)
            if !force {
                print("Delete \(tenant.name) with its database \(tenant.database)?")
                print("Type \(url) to go on: ", terminator: "")
                fflush(nil)
                guard readLine() == url else {
                    print("\nNothing was deleted.")
                    throw ExitCode.failure
                }
            }
            let isDeleted = try await administration.drop(url)
            print(
                isDeleted
                    ? "\(url) is deleted."
                    : """
                    \(url) is deleted, but not its database \(tenant.database), which others have made, or which is not on \
                    the server of the central database.
                    """)
        }
    }
}
