import FoundationEssentials

/// What is about to happen to an agreement and its file: committed to the tenant's database before it happens, so that
/// whatever dies meanwhile, it can be finished or undone. See `docs/decisions/0025-intents.md`.
package struct AgreementIntent: Hashable, Identifiable, Sendable {
    package enum Action: String, Sendable {
        /// A file is stored, and the row tells of it.
        case put
        /// A file is removed, and the row with it.
        case delete
        /// A file is copied to a place of its own, from which it can come back.
        case keep
    }

    /// How far it has come.
    package enum State: String, Sendable {
        /// Row and file may each be as before or as intended.
        case open
        /// The row is as intended, or the copy is there for certain. Files that the row doesn't need any more may be left.
        case done
        /// The row is as before. Files may be left that it never had, or one of its own may be another's. A copy may be there,
        /// and may be another by and by.
        case undone
    }

    package let id: IntentID
    package let action: Action
    /// The agreement that is put or deleted, whose user is who does so; or the copy that is kept.
    package let agreement: NewAgreement
    /// Who puts or deletes it.
    package let initiator: Initiator
    /// Whether the file that is put is an earlier version's.
    package let isRestoration: Bool
    /// The file that the row had before; nil where there was no row.
    package let previous: Previous?
    package var state: State
    /// Whether the time is over in which a request to the storage may take effect late. It begins when the state is no more
    /// `open`.
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
        id: IntentID = IntentID(UUID()), action: Action, agreement: NewAgreement, by initiator: Initiator? = nil,
        isRestoration: Bool = false, previous: Previous?, state: State = .open, isOver: Bool = false
    ) {
        self.id = id
        self.action = action
        self.agreement = agreement
        self.initiator =
            initiator ?? Initiator(userID: agreement.createdByID, role: nil, request: RequestOrigin())
        self.isRestoration = isRestoration
        self.previous = previous
        self.state = state
        self.isOver = isOver
    }

    /// The intent of putting or deleting an agreement where there is a row, or none.
    init(
        _ action: Action, _ agreement: NewAgreement, by initiator: Initiator? = nil, isRestoration: Bool = false,
        over row: Agreement?
    ) {
        self.init(
            action: action, agreement: agreement, by: initiator, isRestoration: isRestoration,
            previous: row.map { Previous(key: $0.key, fileSHA: $0.fileSHA) })
    }

    /// The intent of keeping a copy of an agreement's file, at a key that nothing else has or will have.
    init(keeping agreement: NewAgreement, of tenant: Tenant) {
        let id = IntentID(UUID())
        self.init(
            id: id, action: .keep, agreement: agreement.at(ObjectKey(copyOf: id, tenant: tenant)), previous: nil)
    }

    /// Where the file is that is put, deleted or kept.
    var key: ObjectKey { agreement.key }

    /// The keys of all files that this may have changed. A copy's own is not among them: no row has it.
    package var keys: Set<ObjectKey> { action == .keep ? [] : Set([key, previous?.key ?? key]) }

    /// Whether a request that was sent for this may still change the file of a row.
    ///
    /// Undone, that is the one that put or deleted it; done, also the one that removes what is not needed any more. To put the
    /// same bytes once more is no threat.
    func threatens(_ row: Agreement) -> Bool {
        switch (action, state) {
        case (.keep, _): false
        case (.put, .done):
            row.key == key ? row.fileSHA != agreement.fileSHA : row.key == previous?.key
        default: row.key == key
        }
    }
}
