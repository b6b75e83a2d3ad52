package import AccordCore
import Crypto
package import Foundation

/// The scenery of `accord dev` and of tests: two customers, the organizations around them, and how they stand.
///
/// Identifiers are derived from names, so that they are the same on every machine.
package struct DemoData: Sendable {
    /// A row of `subscription.orgs`.
    package struct Organization: Sendable {
        package let id: UUID
        package let name: String
        package let type: String
        package let domain: String
    }

    /// A row of `subscription.users`.
    package struct User: Sendable {
        package let id: UserID
        /// The `sub` of the user's tokens.
        package let subject: String
        package let email: String
        /// As tokens and rows spell it: `viewer`, `member`, `admin` or `super_admin`.
        package let role: String
    }

    /// A row of `tenants`, with the people who sign in there.
    package struct Customer: Sendable {
        package let id: TenantID
        /// The `org_id` of the users' tokens.
        package let tokenOrganization: TokenOrganization
        package let url: String
        package let organization: Organization
        package let users: [User]

        /// The name of its database in the private cluster.
        package var databaseName: String { "accord_\(url)" }
    }

    /// A row of `subscription.connections`.
    package struct Connection: Sendable {
        /// As the database spells it; `ACCEPTED` is stored as `active`.
        package enum Status: String, Sendable {
            case active, pending, rejected
        }

        package let id: UUID
        package let requester: Organization
        package let target: Organization
        package let status: Status
    }

    /// An agreement of a customer, with its file.
    package struct Agreement: Sendable {
        package let id: AgreementID
        package let customer: Customer
        package let connectedOrganization: Organization
        package let fileName: String
        package let createdAt: Date
        package let content: [UInt8]
    }

    package let organizations: [Organization]
    package let customers: [Customer]
    package let connections: [Connection]
    package let agreements: [Agreement]
}

extension UUID {
    /// The same name gives the same identifier. Spec: RFC 9562 §5.5, UUID Version 5, in the namespace for URLs.
    package init(demo name: String) {
        let namespace: [UInt8] = [
            0x6B, 0xA7, 0xB8, 0x11, 0x9D, 0xAD, 0x11, 0xD1, 0x80, 0xB4, 0x00, 0xC0, 0x4F, 0xD4, 0x30, 0xC8,
        ]
        var hash = Array(Insecure.SHA1.hash(data: namespace + Array("https://accord.localhost/\(name)".utf8)))
        hash[6] = hash[6] & 0x0F | 0x50
        hash[8] = hash[8] & 0x3F | 0x80
        self.init(
            uuid: (
                hash[0], hash[1], hash[2], hash[3], hash[4], hash[5], hash[6], hash[7],
                hash[8], hash[9], hash[10], hash[11], hash[12], hash[13], hash[14], hash[15]
            )
        )
    }
}
