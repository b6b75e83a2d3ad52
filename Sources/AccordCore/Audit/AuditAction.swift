/// What an entry of the audit log tells of.
package enum AuditAction: Hashable, Sendable, CaseIterable {
    /// A file became the agreement with an organization that there was none with.
    case upload
    /// A file was put in place of another.
    case replace
    /// An agreement and its file were deleted.
    case delete
    /// A file that was the agreement earlier became it again.
    case restore
    /// Links were made under which anyone can download: one entry for a request, however many they were.
    case urlIssued
    /// A file began to be sent to somebody who is signed in.
    case download
    /// A rule refused what somebody who is signed in attempted.
    case refused

    /// As the database has it.
    package var name: String {
        switch self {
        case .upload: "upload"
        case .replace: "replace"
        case .delete: "delete"
        case .restore: "restore"
        case .urlIssued: "url_issued"
        case .download: "download"
        case .refused: "refused"
        }
    }

    /// The action of a name; nil when there is none.
    package init?(name: String) {
        guard let action = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = action
    }
}
