package import FoundationEssentials

/// What a verified access token says of its bearer. A value of this type exists only after the signature, the times,
/// the issuer and the audience have been checked.
package struct AccessTokenClaims: Hashable, Sendable {
    /// `sub`: the user, as the identity provider names them. Never empty.
    package let subject: String
    /// `org_id`: the organization, as the identity provider names it (`org_01…`). Never empty, never a UUID.
    package let organization: String
    /// `org_name`: for display only. Nothing may be looked up by it.
    package let organizationName: String?
    /// `role`, as sent.
    package let role: String?
    /// `permissions`; empty when the token has none.
    package let permissions: [String]
    /// `sid`: the session at the identity provider.
    package let sessionID: String?
    /// `iss`: who issued the token.
    package let issuer: String?
    /// `exp`: when the token stops being good, without leeway.
    package let expiresAt: Date
}
