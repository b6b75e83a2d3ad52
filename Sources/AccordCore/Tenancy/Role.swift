/// What a user may do; each role may do what those before it may.
package enum Role: Comparable, Sendable, CaseIterable {
    /// Reads.
    case viewer
    /// Uploads and deletes agreements.
    case member
    /// Manages the organization.
    case admin
    /// Operates the system.
    case superAdmin

    /// The role that a claim or a row names. An unknown or missing one is a viewer.
    package init(claim: String?) {
        self =
            switch claim {
            case "member", "user": .member
            case "admin", "org_admin": .admin
            case "super_admin": .superAdmin
            default: .viewer
            }
    }

    /// As access tokens spell it.
    package var claim: String {
        switch self {
        case .viewer: "viewer"
        case .member: "member"
        case .admin: "admin"
        case .superAdmin: "super_admin"
        }
    }
}
