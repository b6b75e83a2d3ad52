/// What a viewer may read of the audit log.
package struct AuditService: Sendable {
    private let log: any AuditLog

    /// The most entries on a page, and how many there are on one if the client doesn't say.
    package static let (maximumCount, usualCount) = (200, 50)

    package init(log: any AuditLog) {
        self.log = log
    }

    /// A page of entries, the newest first.
    package struct Page: Hashable, Sendable {
        package let entries: [AuditEntry]
        /// Whether there are older ones.
        package let hasOlder: Bool
        /// Whether there are newer ones.
        package let hasNewer: Bool
    }

    /// The place of an entry among the others, as clients are given it.
    package static func cursor(of entry: AuditEntry) -> String { String(entry.id) }

    /// Reads the log of the viewer's tenant.
    ///
    /// - Parameters:
    ///   - first: How many entries, from 1 to `maximumCount`; nil for `usualCount`.
    ///   - cursor: Of the entry that those wanted are older than; nil to begin with the newest.
    ///   - action: What they tell of; nil for all.
    ///   - viewer: Who asks.
    /// - Returns: The page.
    /// - Throws: `forbidden` for anybody below an admin; `badUserInput` for a number or a cursor that is none;
    ///   `databaseBehind` where there is no log yet, and what else the database throws.
    package func page(
        first: Int?, after cursor: String?, action: AuditAction?, viewer: Viewer
    ) async throws(AccordError) -> Page {
        try viewer.require(.admin)
        let count = first ?? Self.usualCount
        guard (1...Self.maximumCount).contains(count) else {
            throw .badUserInput("first must be from 1 to \(Self.maximumCount).")
        }
        var last: Int?
        if let cursor {
            guard let id = Int(cursor), id > 0 else { throw .badUserInput("The cursor after is none that was given.") }
            last = id
        }
        // One more than is wanted tells whether there are more.
        let entries = try await log.entries(of: viewer.tenant, before: last, action: action, limit: count + 1)
        return Page(entries: Array(entries.prefix(count)), hasOlder: entries.count > count, hasNewer: last != nil)
    }
}
