/// Everything that can go wrong in Accord, as a caller needs to know it.
///
/// Adapters translate the errors of the libraries below them into one of these, once, and log the cause there;
/// so no case carries SQL, a host or a key. How a client sees a case (its code and sentence) is the presenter's
/// business, in the API module.
package enum AccordError: Error, Hashable, Sendable {
    /// There is no valid access token.
    case unauthenticated
    /// The viewer's role, or the absence of a user behind the token, does not allow this.
    case forbidden
    /// The token's organization is not an active customer.
    case tenantNotFound
    /// The client sent something that can't be used; the sentence says what, and may be shown to it.
    case badUserInput(String)
    /// The connection is not accepted, or there is none: the two are told apart for nobody.
    case connectionNotAccepted
    /// There is no agreement with this organization.
    case agreementNotFound
    /// The agreement has had no such version.
    case versionNotFound
    /// The file of a version is not kept, or not any more.
    case versionNotKept
    /// The file is larger than `limit` bytes.
    case fileTooLarge(limit: Int)
    /// The file's content is not a PDF.
    case unsupportedFileType
    /// The object storage can't be reached.
    case storageUnavailable
    /// The object storage was reached and said no.
    case storageUploadFailed
    /// A database can't be reached or takes no statements now.
    case databaseUnavailable
    /// A database lacks a migration that this needs.
    case databaseBehind
    /// The work took longer than it may, or was given up by its caller.
    case timeout
    /// The client asks for more than its share.
    case rateLimited
    /// A fault of ours; the log has the cause.
    case internalError
}
