import AccordAdapters
import ArgumentParser
import Foundation

struct TenantCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes a tenant: a role, a database with its tables, and in the end its row in tenants.",
        discussion: "The database and the role are called tenant_URL_ and eight digits that stand for the organization."
    )

    @OptionGroup var options: TenantOptions

    @Option(help: ArgumentHelp("What access tokens call the organization.", valueName: "org_…"))
    var orgId: String

    @Option(help: ArgumentHelp("Its short name: prefix of its files' keys. Can't be changed later.", valueName: "acme"))
    var url: String

    @Option(help: ArgumentHelp("Its name, for people to read.", valueName: "Acme"))
    var name: String

    @Option(
        help: ArgumentHelp(
            "The address of a database that is there already, as the server is to reach it. Then none is made.",
            valueName: "postgresql://…"))
    var databaseUrl: String?

    @Option(
        help: ArgumentHelp(
            "A password file, as libpq reads it, for the new role's password, which then doesn't stand in tenants.",
            valueName: "path"))
    var passfile: String?

    func validate() throws {
        guard passfile == nil || databaseUrl == nil else {
            throw ValidationError("With --database-url, leave the password out of the address instead of --passfile.")
        }
    }

    func run() async throws {
        let new = try NewTenant(organization: orgId, url: url, name: name)
        let (tenant, wasThere) = try await options.withAdministration { administration in
            try await administration.create(
                new, databaseURL: databaseUrl, passwords: passfile.map { PasswordFile(path: $0) }
            ) { step in
                print("\(step) …")
                fflush(nil)
            }
        }
        guard wasThere else { return print("\(tenant.url) is ready: \(tenant.database)") }
        print(
            """
            \(tenant.url) was there already: \(tenant.isActive ? "active" : "inactive"), called \(tenant.name), at \
            \(tenant.database). Nothing was changed.
            """)
    }
}
