package import FoundationEssentials

/// A file that is the agreement with an organization, or was it once.
package struct AgreementVersion: Hashable, Sendable {
    /// The organization the agreement is with.
    package let connectedOrgID: ConnectedOrgID
    /// How many files the agreement has had, this one included.
    package let number: Int
    /// The name it was uploaded under, made safe.
    package let fileName: String
    /// Its size in bytes.
    package let fileSize: Int
    /// The SHA-256 of its content, in lower-case hexadecimal.
    package let fileSHA: String
    /// Who uploaded it.
    package let createdByID: UserID
    /// When it was uploaded.
    package let createdAt: Date
    /// Why it is not the agreement any more; nil for the one that is.
    package let end: End?
    /// When it ended. Nil, too, where another program has ended it, which told nobody.
    package let endedAt: Date?
    /// Who ended it; nil as `endedAt` is.
    package let endedByID: UserID?
    /// Where the file of an ended version is kept; nil where it is not.
    package let keptKey: ObjectKey?

    /// How a version ended.
    package enum End: Hashable, Sendable, CaseIterable {
        /// Another file was uploaded in its place.
        case replaced
        /// The agreement was deleted.
        case deleted
    }

    package init(
        connectedOrgID: ConnectedOrgID, number: Int, fileName: String, fileSize: Int, fileSHA: String,
        createdByID: UserID, createdAt: Date, end: End?, endedAt: Date?, endedByID: UserID?, keptKey: ObjectKey?
    ) {
        self.connectedOrgID = connectedOrgID
        self.number = number
        self.fileName = fileName
        self.fileSize = fileSize
        self.fileSHA = fileSHA
        self.createdByID = createdByID
        self.createdAt = createdAt
        self.end = end
        self.endedAt = endedAt
        self.endedByID = endedByID
        self.keptKey = keptKey
    }
}
