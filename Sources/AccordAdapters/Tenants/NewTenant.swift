import Crypto
package import PostgreSQL

/// A tenant that is to be made.
package struct NewTenant: Sendable {
    /// What access tokens call it (`org_01…`).
    package let organization: String
    /// Its short name: prefix of its object keys, part of its database's name.
    package let url: String
    /// Its name, for people to read.
    package let name: String

    /// The longest url: with it, the database's name has the 63 bytes that PostgreSQL allows.
    package static let maximumURLLength = 46

    /// Checks what an operator has typed.
    ///
    /// - Throws: `TenantProblem.invalid` with what is wrong.
    package init(organization: String, url: String, name: String) throws(TenantProblem) {
        let letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        guard organization.hasPrefix("org_"), organization.count > 4, organization.utf8.count <= 128,
            organization.dropFirst(4).lowercased().allSatisfy({ letters.contains($0) })
        else { throw .invalid("The identity provider's id looks like org_01H…, not \"\(organization)\".") }
        guard (1...Self.maximumURLLength).contains(url.utf8.count), url.first != "-", url.last != "-",
            url.allSatisfy({ letters.contains($0) || $0 == "-" })
        else {
            throw .invalid(
                "A url has 1 to \(Self.maximumURLLength) letters a to z, digits and inner hyphens, not \"\(url)\".")
        }
        let breaks: [Unicode.GeneralCategory] = [.control, .lineSeparator, .paragraphSeparator]
        guard !name.allSatisfy(\.isWhitespace), name.utf8.count <= 255,
            !name.unicodeScalars.contains(where: { breaks.contains($0.properties.generalCategory) })
        else {
            throw .invalid("A name has 1 to 255 bytes, not only spaces, and neither tabs nor line breaks.")
        }
        self.organization = organization
        self.url = url
        self.name = name
    }

    /// Whether an address names a role that was made for its database, and owns nothing.
    package static func isOwnRole(_ endpoint: PostgreSQLEndpoint) -> Bool {
        isOwnRole(endpoint.user, of: endpoint.database)
    }

    /// Whether a role was made for a database.
    static func isOwnRole(_ role: String, of database: String) -> Bool {
        role == database && role.hasPrefix("tenant_")
    }

    /// The name of its database, and of the role that works there: `tenant_{url}_{short id}`.
    ///
    /// The short id is that of the organization, so that a second attempt finds what the first one left.
    var databaseName: String {
        let digits = Array("0123456789abcdef")
        let hash = SHA256.hash(data: Array(organization.utf8)).prefix(4)
        return "tenant_\(url)_\(String(hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))"
    }
}
