import AccordDevelopment
import ArgumentParser

struct Token: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints an access token for a user of the demo.",
        discussion: """
            It is signed with the keys that accord dev made, which no other server accepts. Without an address, the users \
            are listed.
            """
    )

    @Argument(help: ArgumentHelp("The user's address, as accord dev prints it.", valueName: "email"))
    var email: String?

    @Option(help: ArgumentHelp("The folder of accord dev's data.", valueName: "folder"))
    var data = ".accord"

    @Option(help: ArgumentHelp("How long the token is good, in seconds.", valueName: "seconds"))
    var lifetime = 7 * 86_400

    func validate() throws {
        guard (1...31_536_000).contains(lifetime) else {
            throw ValidationError("--lifetime is a number of seconds from 1 to 31536000 (a year).")
        }
    }

    func run() throws {
        let tokens = try DemoTokens(folder: data)
        guard let email else {
            for user in tokens.users { print("\(user.email) (\(user.role))") }
            return
        }
        print(try tokens.token(email: email, lifetime: .seconds(lifetime)))
    }
}
