import FoundationEssentials

/// A page of the versions of one agreement, the newest first.
package struct AgreementHistory: Hashable, Sendable {
    package let versions: [AgreementVersion]
    /// Whether there are older ones.
    package let hasOlder: Bool
    /// Whether there are newer ones.
    package let hasNewer: Bool

    /// The most versions on a page, and how many there are on one if the client doesn't say.
    package static let (maximumCount, usualCount) = (100, 20)

    /// The place of a version among the others, as clients are given it: nothing to be read or made by them.
    package static func cursor(of version: AgreementVersion) -> String { cursor(number: version.number) }

    private static func cursor(number: Int) -> String { Data("version \(number)".utf8).base64EncodedString() }

    /// The number of the version that a cursor was given for; nil for what was never given.
    static func number(cursor: String) -> Int? {
        guard let data = Data(base64Encoded: cursor),
            let number = String(decoding: data, as: UTF8.self).split(separator: " ").last.flatMap({ Int32($0) }),
            number > 0, self.cursor(number: Int(number)) == cursor
        else { return nil }
        return Int(number)
    }
}

extension AgreementService {
    /// Which files have been the agreement with an organization.
    ///
    /// - Parameters:
    ///   - connectedOrgID: The organization, as the client sent it.
    ///   - first: How many versions, from 1 to `AgreementHistory.maximumCount`; nil for `usualCount`.
    ///   - cursor: Of the version that those wanted are older than; nil to begin with the newest.
    ///   - viewer: Who asks, in any role.
    /// - Returns: The page; an empty one where there was never an agreement.
    /// - Throws: `badUserInput` for an identifier, a number or a cursor that is none; `connectionNotAccepted`, as long as
    ///   the connection is not, whatever there was earlier; `databaseBehind` where versions are not kept account of yet.
    package func history(
        connectedOrgID: String, first: Int?, after cursor: String?, viewer: Viewer
    ) async throws(AccordError) -> AgreementHistory {
        let other = try self.connectedOrgID(connectedOrgID)
        let count = first ?? AgreementHistory.usualCount
        guard (1...AgreementHistory.maximumCount).contains(count) else {
            throw .badUserInput("first must be from 1 to \(AgreementHistory.maximumCount).")
        }
        let last = cursor.flatMap { AgreementHistory.number(cursor: $0) }
        guard cursor == nil || last != nil else { throw .badUserInput("after is not a cursor of an edge.") }
        try await requireAccepted(other, viewer: viewer)
        // One more than is wanted tells whether there are more.
        let versions = try await agreements.versions(
            of: viewer.tenant, with: other, before: last, limit: count + 1)
        return AgreementHistory(
            versions: Array(versions.prefix(count)), hasOlder: versions.count > count, hasNewer: cursor != nil)
    }
}
