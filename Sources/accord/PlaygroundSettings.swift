import AccordDevelopment
import Foundation

/// What the playground page is told, to sign in as the demo's users and to try the three requests.
struct PlaygroundSettings: Encodable {
    struct User: Encodable {
        let label: String
        let token: String
    }

    struct Example: Encodable {
        let title: String
        let document: String
    }

    let title = "Accord"
    let users: [User]
    let examples = [
        Example(title: "Connections", document: Requests.connections),
        Example(title: "Upload an agreement", document: Requests.upload),
        Example(title: "Delete an agreement", document: Requests.delete),
    ]

    init(_ environment: DevelopmentEnvironment) throws {
        users = try environment.data.customers.flatMap { customer in
            try customer.users.map { user in
                User(
                    label: "\(user.email) (\(user.role))",
                    token: try environment.tokens.token(for: user, of: customer))
            }
        }
    }

    /// As the page reads it.
    func json() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}
