import FoundationEssentials

/// What is about to happen to an agreement and its file: committed to the tenant's database before it happens, so that
/// whatever dies meanwhile, it can be finished or undone. See `docs/decisions/0025-intents.md`.
package struct AgreementIntent: Hashable, Identifiable, Sendable {
    /// What happens to the file.
    package enum Action: String, Sendable { case put, delete }

    /// How far it has come.
    package enum State: String, Sendable {
        /// Row and file may each be as before or as intended.
        case open
        /// The row is as intended. Files that it doesn't need any more may be left.
        case done
        /// The row is as before. Files may be left that it never had, or one of its own may be another's.
        case undone
    }

    package let id: IntentID
    package let action: Action
    /// The agreement that is put or deleted. Its user is who does so.
    package let agreement: NewAgreement
    /// Who puts or deletes it.
    package let initiator: Initiator
    /// The file that the row had before; nil where there was no row.
    package let previous: Previous?
    package let state: State
    /// Whether recovery has looked at it, and waits for what may take effect late.
    package let isWatched: Bool
    /// Whether that time is over.
    package let isOver: Bool

    package struct Previous: Hashable, Sendable {
        package let key: ObjectKey
        package let fileSHA: String

        package init(key: ObjectKey, fileSHA: String) {
            self.key = key
            self.fileSHA = fileSHA
        }
    }

    package init(
        id: IntentID, action: Action, agreement: NewAgreement, by initiator: Initiator? = nil, previous: Previous?,
        state: State, isWatched: Bool, isOver: Bool
    ) {
        self.id = id
        self.action = action
        self.agreement = agreement
        self.initiator =
            initiator ?? Initiator(userID: agreement.createdByID, role: nil, request: RequestOrigin())
        self.previous = previous
        self.state = state
        self.isWatched = isWatched
        self.isOver = isOver
    }

    /// A new intent, of something that has not begun.
    init(_ action: Action, _ agreement: NewAgreement, by initiator: Initiator, over row: Agreement?) {
        self.init(
            id: IntentID(UUID()), action: action, agreement: agreement, by: initiator,
            previous: row.map { Previous(key: $0.key, fileSHA: $0.fileSHA) }, state: .open, isWatched: false,
            isOver: false)
    }

    /// Where the file is that is put or deleted.
    var key: ObjectKey { agreement.key }

    /// All keys whose files this may have changed, but for the backup's.
    var keys: Set<ObjectKey> { Set([key, previous?.key ?? key]) }

    /// Where the file that is replaced or deleted is kept meanwhile.
    func backup(of tenant: Tenant) -> ObjectKey { ObjectKey(backupOf: id, tenant: tenant) }
}
