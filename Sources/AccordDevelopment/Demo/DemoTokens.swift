import AccordCore
import Foundation
package import Identity

/// Tokens for the demo's users, signed with the development keys of a data folder.
package struct DemoTokens: Sendable {
    private let keys: DevelopmentKeys
    private let data: DemoData

    package init(_ data: DemoData, keys: DevelopmentKeys) {
        self.data = data
        self.keys = keys
    }

    /// Uses the keys that `accord dev` made in a data folder.
    ///
    /// - Throws: `DevelopmentError.unusableData` when there are none.
    package init(folder: String) throws {
        let keysFolder = DevelopmentFolder(folder).keys
        guard FileManager.default.fileExists(atPath: "\(keysFolder)/\(DevelopmentKeys.signingKeyFile)") else {
            throw DevelopmentError.unusableData("There are no development keys in \(folder). Run accord dev first.")
        }
        self.init(.standard, keys: try DevelopmentKeys.loaded(orMadeIn: keysFolder))
    }

    /// Everybody there is.
    package var users: [DemoData.User] { data.customers.flatMap(\.users) }

    /// A token for the user with this address.
    ///
    /// - Throws: `DevelopmentError.unusableData`, naming the users there are, when it is nobody's address.
    package func token(email: String, lifetime: Duration = .seconds(7 * 86_400)) throws -> String {
        for customer in data.customers {
            guard let user = customer.users.first(where: { $0.email == email }) else { continue }
            return try token(for: user, of: customer, lifetime: lifetime)
        }
        let list = users.map { "  \($0.email) (\($0.role))" }.joined(separator: "\n")
        throw DevelopmentError.unusableData("The demo has no user \(email). There are:\n\(list)")
    }

    /// A token for a user of the demo, by default for a week.
    package func token(
        for user: DemoData.User, of customer: DemoData.Customer, lifetime: Duration = .seconds(7 * 86_400)
    ) throws -> String {
        try keys.token(
            subject: user.subject,
            organization: customer.tokenOrganization.description,
            organizationName: customer.organization.name,
            role: user.role,
            lifetime: lifetime
        )
    }
}
