/// Limits and switches of the GraphQL endpoint.
package struct GraphQLHTTPConfiguration: Sendable {
    /// Largest JSON body, in bytes.
    package var maximumJSONBytes = 1 << 20
    /// Deepest nesting of lists and objects in JSON.
    package var maximumJSONDepth = 128
    /// Largest `variables` of an operation, in bytes of JSON without white space; nil is no limit.
    package var maximumVariablesBytes: Int? = 256 << 10
    /// Most operations in one request; nil refuses batches.
    package var maximumBatch: Int?
    /// Most requests that are answered at a time; nil is no limit.
    package var maximumRequestsInFlight: Int? = 500
    /// How long executing a request's operations may take; nil is no limit. A request with files: see `uploadTime`.
    package var executionTime: Duration? = .seconds(60)
    /// How long a JSON body may take to arrive; nil is no limit.
    package var bodyTime: Duration? = .seconds(30)
    /// The lowest rate at which a body may arrive; nil is no limit.
    package var minimumBodyRate: MinimumRate? = MinimumRate(bytesPerSecond: 500, patience: .seconds(20))
    /// How long a multipart request may take from its first byte to its answer; nil is no limit.
    package var uploadTime: Duration? = .seconds(600)
    /// Whether answers of 1 KiB and more are compressed for clients that take gzip.
    package var compresses = true
    /// Where the documents that are executed come from.
    package var documents = DocumentSource.clients(nil)
    /// Largest uploaded file, in bytes.
    package var maximumFileBytes = 50 << 20
    /// Most files in one request.
    package var maximumFiles = 10
    /// Most parts of a multipart body; nil is 16 more than files. Those that the map doesn't name are ignored, but not
    /// without end.
    package var maximumParts: Int?
    /// Whether an operation may use a variable that holds a file more than once.
    package var allowsFileReuse = false
    /// Largest `operations` or `map` field of a multipart request, in bytes.
    package var maximumFieldBytes = 128 << 10
    /// Largest file that is kept in memory, in bytes; a larger one goes to a temporary file.
    package var memoryThreshold = 128 << 10
    /// The directory of temporary files. They have no name, so nothing is left there, not even by a crash.
    package var temporaryDirectory = "/tmp"
    /// The sites whose scripts may call the API.
    package var cors = CORSPolicy(origins: .only([]))
    /// JSON for the playground page's `settings` element; nil switches the playground off.
    package var playgroundSettings: String?
    /// What is done with the rest of a body that nobody needs.
    package var drain = Drain()

    /// Limits on the rest of a body that nobody needs. What goes beyond them is not read, and ends the connection.
    package struct Drain: Sendable {
        /// Largest rest, known by `Content-Length`, that is read and dropped after the answer: a browser, for one, looks
        /// at an answer only after it has sent everything.
        package var bytes = 8 << 20
        /// How long a connection that must end stays open for the client to see the answer.
        package var time = Duration.seconds(1)

        /// Makes the default limits.
        package init() {}
    }

    /// Makes the default configuration.
    package init() {}

    /// Largest multipart body with so many files, in bytes: room for each of them, the fields and part headers. What is in
    /// parts that `map` doesn't name has the room of one file, at least.
    func maximumMultipartBytes(files: Int) -> Int {
        max(files, 1) * maximumFileBytes + 2 * maximumFieldBytes
            + (maximumFiles + 2) * MultipartParser.maximumHeaderBytes
    }
}
