import Crypto

/// Takes the bytes of one file as they arrive: hashes them, counts them, and keeps them off the heap when they are many.
struct SpoolWriter {
    /// How many bytes are gathered before they are written: below this the calls cost more than the copying.
    private static let batchBytes = 256 << 10

    private let headers: PartHeaders
    private let configuration: GraphQLHTTPConfiguration
    private var hash = SHA256()
    private var size = 0
    private var batch: [UInt8] = []
    private var file: TemporaryFile?

    init(_ headers: PartHeaders, configuration: GraphQLHTTPConfiguration) {
        self.headers = headers
        self.configuration = configuration
    }

    /// Takes the next bytes; throws when the file gets too large or can't be written.
    mutating func append(_ bytes: ArraySlice<UInt8>) async throws(UploadError) {
        guard size + bytes.count <= configuration.maximumFileBytes else {
            throw .tooLarge(limit: configuration.maximumFileBytes)
        }
        size += bytes.count
        batch += bytes
        if batch.count >= Self.batchBytes { try await writeBatch() }
    }

    /// Ends the file.
    consuming func finish() async throws(UploadError) -> SpooledFile {
        if file != nil || size > configuration.memoryThreshold { try await writeBatch() }
        hash.update(data: batch)
        return SpooledFile(
            fileName: headers.fileName.flatMap { $0.isEmpty ? nil : $0 } ?? SpooledFile.defaultName,
            contentType: headers.contentType,
            size: size,
            sha256: hash.finalize().lowercaseHexadecimal,
            storage: file.map(SpooledFile.Storage.file) ?? .memory(batch)
        )
    }

    private mutating func writeBatch() async throws(UploadError) {
        guard !batch.isEmpty else { return }
        if file == nil { file = try await TemporaryFile.make(in: configuration.temporaryDirectory) }
        hash.update(data: batch)
        try await file?.write(batch, at: size - batch.count)
        batch.removeAll(keepingCapacity: true)
    }
}

extension SHA256.Digest {
    var lowercaseHexadecimal: String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
