package import FoundationEssentials

/// The one PDF that belongs to a tenant's connection with a connected org, as the database knows it.
package struct Agreement: Hashable, Sendable {
    /// The row. Replacing the file keeps it.
    package let id: AgreementID
    /// The organization the agreement is with. There is at most one agreement for each.
    package let connectedOrgID: ConnectedOrgID
    /// Where the file is.
    package let key: ObjectKey
    /// The name it is downloaded under.
    package let fileName: String
    /// Its size in bytes.
    package let fileSize: Int
    /// The SHA-256 of its content, in lower-case hexadecimal.
    package let fileSHA: String
    /// Who uploaded this file.
    package let createdByID: UserID
    /// When this file was uploaded. A replacement is a new file and has its own time.
    package let createdAt: Date

    package init(
        id: AgreementID, connectedOrgID: ConnectedOrgID, key: ObjectKey, fileName: String, fileSize: Int,
        fileSHA: String, createdByID: UserID, createdAt: Date
    ) {
        self.id = id
        self.connectedOrgID = connectedOrgID
        self.key = key
        self.fileName = fileName
        self.fileSize = fileSize
        self.fileSHA = fileSHA
        self.createdByID = createdByID
        self.createdAt = createdAt
    }
}

/// An agreement about to be written. The database gives it its time, and its identifier if it is the first.
package struct NewAgreement: Hashable, Sendable {
    /// The organization the agreement is with.
    package let connectedOrgID: ConnectedOrgID
    /// Where the file is.
    package let key: ObjectKey
    /// The name it will be downloaded under.
    package let fileName: FileName
    /// Its size in bytes; the column holds 32 bits.
    package let fileSize: Int
    /// The SHA-256 of its content, in lower-case hexadecimal.
    package let fileSHA: String
    /// Who uploads it.
    package let createdByID: UserID

    package init(
        connectedOrgID: ConnectedOrgID, key: ObjectKey, fileName: FileName, fileSize: Int, fileSHA: String,
        createdByID: UserID
    ) {
        self.connectedOrgID = connectedOrgID
        self.key = key
        self.fileName = fileName
        self.fileSize = fileSize
        self.fileSHA = fileSHA
        self.createdByID = createdByID
    }
}

extension NewAgreement {
    /// The agreement of a row, as it is or with another user.
    init(_ row: Agreement, by user: UserID? = nil) {
        self.init(
            connectedOrgID: row.connectedOrgID, key: row.key, fileName: FileName(row.fileName), fileSize: row.fileSize,
            fileSHA: row.fileSHA, createdByID: user ?? row.createdByID)
    }

    /// The agreement that a version becomes when it is restored.
    init(_ version: AgreementVersion, of tenant: Tenant, by user: UserID) {
        let fileName = FileName(version.fileName)
        self.init(
            connectedOrgID: version.connectedOrgID,
            key: ObjectKey(tenant: tenant, connectedOrgID: version.connectedOrgID, fileName: fileName),
            fileName: fileName, fileSize: version.fileSize, fileSHA: version.fileSHA, createdByID: user)
    }

    /// The same, with the file at another key.
    func at(_ key: ObjectKey) -> NewAgreement {
        NewAgreement(
            connectedOrgID: connectedOrgID, key: key, fileName: fileName, fileSize: fileSize, fileSHA: fileSHA,
            createdByID: createdByID)
    }
}
