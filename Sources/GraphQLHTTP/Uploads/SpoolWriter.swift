/// Takes the bytes of one file as they arrive: counts them, and keeps them off the heap when they are many.
struct SpoolWriter {
    private let headers: PartHeaders
    private let configuration: GraphQLHTTPConfiguration
    /// How the body is read. A window's bytes are gathered before they are written: with fewer, waking a thread costs more
    /// than writing. Two batches are in memory, one that is written and one that is gathered.
    private let window: BodyWindow
    private let spool: Spool
    private var size = 0
    private var batch = SpoolBatch()
    /// The end of the writing of the batch before.
    private var writing: Arrival<Void, UploadError>?

    init(_ headers: PartHeaders, configuration: GraphQLHTTPConfiguration, window: BodyWindow = .taken) {
        self.headers = headers
        self.window = window
        self.configuration = configuration
        spool = Spool(in: configuration.temporaryDirectory)
    }

    /// Takes the next bytes; throws when the file gets too large or can't be written.
    mutating func append(_ bytes: ArraySlice<UInt8>) async throws(UploadError) {
        guard size + bytes.count <= configuration.maximumFileBytes else {
            throw .tooLarge(limit: configuration.maximumFileBytes)
        }
        size += bytes.count
        batch.append(bytes)
        if size > configuration.memoryThreshold, batch.count >= window.size { try await writeBatch() }
    }

    /// Ends the file.
    consuming func finish() async throws(UploadError) -> SpooledFile {
        if size > configuration.memoryThreshold {
            try await writeBatch()
            try await awaitWriting()
        }
        let (file, sha256) = spool.finish(batch)
        return SpooledFile(
            fileName: headers.fileName.flatMap { $0.isEmpty ? nil : $0 } ?? SpooledFile.defaultName,
            contentType: headers.contentType,
            size: size,
            sha256: sha256,
            storage: file.map(SpooledFile.Storage.file) ?? .memory(batch.joined)
        )
    }

    private mutating func writeBatch() async throws(UploadError) {
        try await awaitWriting()
        if batch.count > 0 { writing = spool.beginWriting(exchange(&batch, with: SpoolBatch())) }
    }

    private mutating func awaitWriting() async throws(UploadError) {
        guard let writing else { return }
        self.writing = nil
        guard let outcome = await writing.outcome() else { throw .interrupted }
        try outcome.get()
    }
}
