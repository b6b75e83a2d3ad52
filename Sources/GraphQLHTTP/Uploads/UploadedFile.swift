/// The value of an `Upload` variable: a file of a multipart request, whose bytes may still be arriving.
package final class UploadedFile: Sendable {
    private let arrival = Arrival<SpooledFile, UploadError>()
    private let isWanted: @Sendable () -> Void

    /// Makes a file of which nothing has arrived. `isWanted` is called whenever somebody asks for it.
    init(isWanted: @escaping @Sendable () -> Void) {
        self.isWanted = isWanted
    }

    /// Waits for the file's last byte. May be called more than once and by several tasks.
    ///
    /// Until this is called for one of a request's files, none of them is read from the connection, save for what comes
    /// along with `operations` and `map`.
    ///
    /// Throws `UploadError.interrupted` also when the calling task is cancelled.
    package func received() async throws(UploadError) -> SpooledFile {
        isWanted()
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
