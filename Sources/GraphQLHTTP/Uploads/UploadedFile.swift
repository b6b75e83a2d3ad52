/// The value of an `Upload` variable: a file of a multipart request, whose bytes may still be arriving.
package final class UploadedFile: Sendable {
    private let arrival = Arrival<SpooledFile, UploadError>()

    init() {}

    /// Waits for the file's last byte. May be called more than once and by several tasks.
    ///
    /// Throws `UploadError.interrupted` also when the calling task is cancelled.
    package func received() async throws(UploadError) -> SpooledFile {
        guard let outcome = await arrival.outcome() else { throw .interrupted }
        return try outcome.get()
    }

    /// The name that the client sent for the file. "upload" when it sent none, and until the file is received.
    package var fileName: String { arrival.value?.fileName ?? SpooledFile.defaultName }

    /// The media type that the client declared; nil when it declared none, and until the file is received.
    package var contentType: String? { arrival.value?.contentType }

    /// How the file's arrival ended; nil while it arrives.
    var outcome: Arrival<SpooledFile, UploadError>.Outcome? { arrival.current }

    /// Says how the file's arrival ended. Only the first call counts.
    func finish(_ outcome: Result<SpooledFile, UploadError>) {
        arrival.arrive(outcome)
    }
}
