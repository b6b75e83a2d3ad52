import GraphQL
import HTTPTypes

/// Puts the parts of a multipart request where they belong, in the order that the specification wants.
struct MultipartIntake {
    fileprivate enum Stage {
        case operations
        case map(operations: Value)
        /// With the files that have not begun.
        case files([String: UploadedFile])
    }

    private enum Part {
        case field(name: String, bytes: [UInt8])
        case file(UploadedFile, SpoolWriter)
        /// A file that grew too large.
        case refused(UploadedFile)
        /// Content that nobody asked for.
        case ignored
    }

    private var parser: MultipartParser
    private let configuration: GraphQLHTTPConfiguration
    private let contentLength: Int?
    private let window: BodyWindow
    private let operations: Arrival<MultipartOperations, HTTPRefusal>
    private let fileIsWanted: @Sendable () -> Void
    private var stage = Stage.operations
    private var part = Part.ignored
    private var bodyBytes = 0
    /// How many bytes the body may have: as long as nobody knows how many files come, room for as many as may.
    private var maximumBytes: Int

    /// Makes an intake of a body that has `contentLength` bytes, if it says so. It hands over `operations` when they are
    /// there, and says when somebody asks for a file.
    init(
        parser: MultipartParser,
        configuration: GraphQLHTTPConfiguration,
        contentLength: Int?,
        window: BodyWindow,
        operations: Arrival<MultipartOperations, HTTPRefusal>,
        fileIsWanted: @escaping @Sendable () -> Void
    ) {
        self.parser = parser
        self.configuration = configuration
        self.contentLength = contentLength
        maximumBytes = configuration.maximumMultipartBytes(files: configuration.maximumFiles)
        self.window = window
        self.operations = operations
        self.fileIsWanted = fileIsWanted
    }

    /// Takes the next bytes of the body. After it has thrown, it takes no more.
    mutating func take(_ bytes: [UInt8]) async throws(HTTPRefusal) {
        bodyBytes += bytes.count
        try checkSize()
        for event in parser.feed(bytes) {
            switch event {
            case .partBegan(let headers): try begin(headers)
            case .bytes(let bytes): try await append(bytes)
            case .partEnded: try await endPart()
            case .finished: break
            case .failed(let error): throw .badRequest(error.message)
            }
        }
    }

    private func checkSize() throws(HTTPRefusal) {
        guard max(bodyBytes, contentLength ?? 0) <= maximumBytes else {
            throw .fileTooLarge(limit: configuration.maximumFileBytes)
        }
    }

    /// Tells those who wait for something that it will not come, because of `refusal`.
    mutating func fail(_ refusal: HTTPRefusal) {
        operations.arrive(.failure(refusal))
        switch refusal.status {
        case .contentTooLarge: giveUpFiles(.tooLarge(limit: configuration.maximumFileBytes))
        case .requestTimeout: giveUpFiles(.tooSlow)
        default: giveUpFiles(.malformed(refusal.error.message))
        }
    }

    /// Tells those who wait for something that the body has ended.
    mutating func end() {
        operations.arrive(.failure(parser.isFinished ? .misordered(missing: stage.expectedField) : .cutOff))
        giveUpFiles(parser.isFinished ? .missing : .interrupted)
    }

    private mutating func giveUpFiles(_ error: UploadError) {
        switch part {
        case .file(let file, _), .refused(let file): file.finish(.failure(error))
        case .field, .ignored: break
        }
        part = .ignored
        guard case .files(let files) = stage else { return }
        for file in files.values { file.finish(.failure(error)) }
        stage = .files([:])
    }

    private mutating func begin(_ headers: PartHeaders) throws(HTTPRefusal) {
        switch stage {
        case .operations, .map:
            guard let name = headers.name, name == stage.expectedField else {
                throw .misordered(missing: stage.expectedField)
            }
            part = .field(name: name, bytes: [])
        case .files(var files):
            guard let name = headers.name, let file = files.removeValue(forKey: name) else {
                part = .ignored
                return
            }
            stage = .files(files)
            part = .file(file, SpoolWriter(headers, configuration: configuration, window: window))
        }
    }

    private mutating func append(_ bytes: ArraySlice<UInt8>) async throws(HTTPRefusal) {
        switch part {
        case .field(let name, var content):
            guard content.count + bytes.count <= configuration.maximumFieldBytes else {
                throw .requestTooLarge("The field \"\(name)\"", limit: configuration.maximumFieldBytes)
            }
            part = .ignored
            content += bytes
            part = .field(name: name, bytes: content)
        case .file(let file, var writer):
            part = .ignored
            do throws(UploadError) {
                try await writer.append(bytes)
                part = .file(file, writer)
            } catch {
                guard case .tooLarge(let limit) = error else { return file.finish(.failure(error)) }
                // `fail` tells those who wait for the file, after the caller has taken note of the refusal.
                part = .refused(file)
                throw .fileTooLarge(limit: limit)
            }
        case .refused, .ignored:
            break
        }
    }

    private mutating func endPart() async throws(HTTPRefusal) {
        switch exchange(&part, with: .ignored) {
        case .field(let name, let bytes):
            try endField(
                parseJSON(bytes, maximumDepth: configuration.maximumJSONDepth, of: "The field \"\(name)\""))
        case .file(let file, let writer):
            do throws(UploadError) {
                file.finish(.success(try await writer.finish()))
            } catch {
                file.finish(.failure(error))
            }
        case .refused, .ignored:
            break
        }
    }

    private mutating func endField(_ value: Value) throws(HTTPRefusal) {
        guard case .map(let operations) = stage else {
            stage = .map(operations: value)
            return
        }
        let request = try MultipartOperations(
            operations: operations, map: value, maximumFiles: configuration.maximumFiles,
            acceptsBatches: configuration.maximumBatch != nil, fileIsWanted: fileIsWanted)
        maximumBytes = configuration.maximumMultipartBytes(files: request.files.count)
        try checkSize()
        stage = .files(request.files)
        self.operations.arrive(.success(request))
    }
}

extension MultipartIntake.Stage {
    /// The name of the part that must come next; nil when any may.
    fileprivate var expectedField: String? {
        switch self {
        case .operations: "operations"
        case .map: "map"
        case .files: nil
        }
    }
}

extension HTTPRefusal {
    /// 400: the body ended too early.
    static var cutOff: HTTPRefusal {
        .badRequest("The request body ends before it is complete.")
    }

    fileprivate static func misordered(missing field: String?) -> HTTPRefusal {
        .badRequest(
            "A multipart request has the field \"operations\" first, then \"map\", then the files; "
                + "the field \"\(field ?? "map")\" is missing or misplaced."
        )
    }
}

extension MultipartError {
    /// A sentence for the client.
    fileprivate var message: String {
        switch self {
        case .noDelimiter: "The multipart body does not begin with its boundary."
        case .malformedDelimiter: "A boundary in the multipart body is not followed by a line end (CR LF)."
        case .headersTooLarge: "The headers of a part are larger than \(MultipartParser.maximumHeaderBytes) bytes."
        case .malformedHeaders: "The headers of a part are malformed."
        case .unsupportedEncoding: "A part has a Content-Transfer-Encoding; send it in binary, without one."
        case .tooManyParts(let limit): "The multipart body has more than \(limit) parts."
        }
    }
}
