import AccordServer
import ArgumentParser
import Glibc

@main
struct Accord: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accord",
        abstract: "Connections between companies, and the agreement behind each: a GraphQL server.",
        discussion: """
            Try it:           accord dev
            In production:    accord migrate, accord tenant create, then accord serve
            What is wrong?    accord doctor

            Settings come from flags, the environment and an .env file, in this order; docs/configuration.md lists them.
            """,
        subcommands: [
            Serve.self, DoctorCommand.self, Migrate.self, TenantCommand.self, Reconcile.self, AuditCommand.self,
            SchemaCommand.self, Dev.self, Token.self, GraphQLCommand.self,
        ]
    )
    /// Runs the command that the arguments name, and ends the process with its status.
    ///
    /// What libraries have registered for that end is not run: OpenSSL would free what the threads that still run use,
    /// and the process would, now and then, end by a signal instead.
    static func main() async {
        var failure: (any Error)?
        do {
            var command = try await asyncParseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            failure = error
        }
        // What was registered last is run first.
        _ = unsafe on_exit(
            { status, _ in
                LogOutput.standardError.flush()
                fflush(nil)
                _exit(status)
            }, nil)
        exit(withError: failure)
    }
}
