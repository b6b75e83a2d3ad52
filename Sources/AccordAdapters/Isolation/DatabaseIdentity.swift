import AccordCore

/// For whom a statement on the schema `subscription` runs.
///
/// Row-level security reads it from a setting that ends with the statement's transaction: see the migration
/// `0003_row_level_security`.
enum DatabaseIdentity {
    /// An organization: it sees its own connections, and the public part of other organizations.
    case organization(OrganizationID)
    /// Somebody whose organization is not known yet, by the `sub` of the access token: sees the own row.
    case subject(String)

    var setting: (name: String, value: String) {
        switch self {
        case .organization(let id): ("accord.organization_id", "\(id.uuid)")
        case .subject(let subject): ("accord.subject", subject)
        }
    }
}
