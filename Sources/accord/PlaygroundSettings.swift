import AccordDevelopment
import Foundation

/// What the playground page is told, to sign in as the demo's users and to try the three requests.
struct PlaygroundSettings: Encodable {
    struct User: Encodable {
        let label: String
        let token: String
    }

    /// A request that runs with one click.
    struct Example: Encodable {
        let title: String
        let document: String
        var files: [File] = []
    }

    /// A file that an example brings along, so that nobody has to look for one.
    struct File: Encodable {
        /// Its place, as the multipart request's `map` names it.
        let path: String
        let name: String
        let type: String
        let base64: String
    }

    let title = "Accord"
    let users: [User]
    /// The label of the user that a browser begins as: one who may do all that the examples do.
    let user: String?
    let examples = [
        Example(title: "Connections", document: Requests.connections),
        Example(title: "Upload an agreement", document: Requests.upload, files: [Self.sampleAgreement]),
        Example(title: "Delete an agreement", document: Requests.delete),
    ]

    private static let sampleAgreement = File(
        path: "variables.file",
        name: "Sample agreement.pdf",
        type: "application/pdf",
        base64: Data(DemoPDF(title: "Sample agreement", lines: ["Uploaded from the playground."]).bytes)
            .base64EncodedString()
    )

    init(_ environment: DevelopmentEnvironment) throws {
        var users: [User] = []
        var labelsOfMembers: [String] = []
        for customer in environment.data.customers {
            for user in customer.users {
                let label = "\(user.email) (\(user.role))"
                users.append(User(label: label, token: try environment.tokens.token(for: user, of: customer)))
                if user.role == "member" { labelsOfMembers.append(label) }
            }
        }
        self.users = users
        user = labelsOfMembers.first
    }

    /// As the page reads it.
    func json() throws -> String {
        String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    }
}
