/// Why an uploaded file is not to be had.
package enum UploadError: Error, Hashable, Sendable {
    /// The file is larger than `limit` bytes.
    case tooLarge(limit: Int)
    /// The request ended, or was given up, before the file's last byte.
    case interrupted
    /// The request arrived too slowly, and was given up before the file's last byte.
    case tooSlow
    /// The request is malformed before the file's last byte; the text says how.
    case malformed(String)
    /// The request names the file in its `map` but has no such part.
    case missing
    /// The file could not be written to the temporary directory; `errno` says why.
    case notKept(errno: Int32)
}
