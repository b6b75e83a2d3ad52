package import FoundationEssentials

/// An identifier that is a UUID in the database and lower-case text everywhere else.
///
/// Every kind has a type of its own, so that one can't be passed for another.
package protocol UUIDIdentifier: Hashable, Sendable, CustomStringConvertible {
    /// The identifier as the database holds it.
    var uuid: UUID { get }
    /// Wraps a UUID.
    init(_ uuid: UUID)
}

extension UUIDIdentifier {
    /// Reads the form with four hyphens, in either case; anything else is nil (RFC 9562 §4).
    package init?(_ text: String) {
        guard let uuid = UUID(uuidString: text) else { return nil }
        self.init(uuid)
    }

    /// The form with four hyphens, in lower case (RFC 9562 §4), as keys and clients have it.
    package var description: String { uuid.lowerCaseText }
}

extension UUID {
    /// As `uuidString.lowercased()`, which formats by `printf` and copies: lists have many of them.
    fileprivate var lowerCaseText: String {
        unsafe String(unsafeUninitializedCapacity: 36) { text in
            var place = 0
            func append(_ byte: UInt8) {
                unsafe text[place] = byte
                place += 1
            }
            unsafe withUnsafeBytes(of: uuid) { bytes in
                for index in 0..<16 {
                    if index == 4 || index == 6 || index == 8 || index == 10 { append(UInt8(ascii: "-")) }
                    let byte = unsafe bytes[index]
                    append((byte >> 4).hexadecimalDigit)
                    append((byte & 15).hexadecimalDigit)
                }
            }
            return place
        }
    }
}

extension UInt8 {
    /// The digit of a value below 16, in lower case.
    fileprivate var hexadecimalDigit: UInt8 {
        self < 10 ? UInt8(ascii: "0") + self : UInt8(ascii: "a") + self - 10
    }
}

/// A row of `tenants`.
package struct TenantID: UUIDIdentifier {
    package let uuid: UUID
    package init(_ uuid: UUID) { self.uuid = uuid }
}

/// A row of `subscription.orgs`: the organization of the user.
package struct OrganizationID: UUIDIdentifier {
    package let uuid: UUID
    package init(_ uuid: UUID) { self.uuid = uuid }
}

/// A row of `subscription.orgs`: the organization at the other end of a connection, seen from the user's own.
package struct ConnectedOrgID: UUIDIdentifier {
    package let uuid: UUID
    package init(_ uuid: UUID) { self.uuid = uuid }
}

/// A row of `subscription.users`.
package struct UserID: UUIDIdentifier {
    package let uuid: UUID
    package init(_ uuid: UUID) { self.uuid = uuid }
}

/// A row of `connect_pos.agreements`.
package struct AgreementID: UUIDIdentifier {
    package let uuid: UUID
    package init(_ uuid: UUID) { self.uuid = uuid }
}

/// A row of `connect_pos.agreement_intents`.
package struct IntentID: UUIDIdentifier {
    package let uuid: UUID
    package init(_ uuid: UUID) { self.uuid = uuid }
}

/// The token's `org_id` claim (`org_01…`): what the identity provider calls the tenant. It is never a UUID.
package struct TokenOrganization: Hashable, Sendable, CustomStringConvertible {
    /// The claim, letter for letter.
    package let description: String
    /// Wraps a claim.
    package init(_ claim: String) { description = claim }
}
