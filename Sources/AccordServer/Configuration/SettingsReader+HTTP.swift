import GraphQLHTTP

extension SettingsReader {
    /// What a request to the GraphQL endpoint may be like.
    mutating func http() -> GraphQLHTTPConfiguration {
        var http = GraphQLHTTPConfiguration()
        http.maximumJSONBytes = integer("ACCORD_MAX_BODY_BYTES", default: http.maximumJSONBytes, in: 1...(1 << 30))
        http.maximumVariablesBytes = numberOrOff("ACCORD_MAX_VARIABLES_BYTES", default: http.maximumVariablesBytes)
        http.maximumJSONDepth = integer("ACCORD_MAX_JSON_DEPTH", default: http.maximumJSONDepth, in: 1...500)
        http.maximumFiles = integer("ACCORD_MAX_FILES", default: http.maximumFiles, in: 1...1_000)
        http.maximumParts = integer("ACCORD_MAX_PARTS", default: http.maximumFiles + 16, in: 3...10_000)
        http.maximumFieldBytes = integer(
            "ACCORD_MAX_FIELD_BYTES", default: http.maximumFieldBytes, in: 1...(1 << 30))
        http.allowsFileReuse = boolean("ACCORD_FILE_REUSE", default: http.allowsFileReuse)
        http.maximumRequestsInFlight = numberOrOff(
            "ACCORD_MAX_REQUESTS_IN_FLIGHT", default: http.maximumRequestsInFlight)
        http.maximumBatch = numberOrOff("ACCORD_MAX_BATCH", default: nil)
        http.executionTime = secondsOrOff("ACCORD_EXECUTION_SECONDS", default: 60)
        http.bodyTime = secondsOrOff("ACCORD_BODY_SECONDS", default: 30)
        let patience = integer("ACCORD_BODY_PAUSE_SECONDS", default: 20, in: 1...3_600)
        http.minimumBodyRate = numberOrOff("ACCORD_MIN_BODY_RATE", default: 500).map {
            MinimumRate(bytesPerSecond: $0, patience: .seconds(patience))
        }
        http.uploadTime = secondsOrOff("ACCORD_UPLOAD_SECONDS", default: 600)
        http.compresses = boolean("ACCORD_COMPRESSION", default: http.compresses)
        http.documents = documents()
        return http
    }

    private mutating func documents() -> DocumentSource {
        let bytes = integer("ACCORD_PERSISTED_QUERY_BYTES", default: 4 << 20, in: 0...(1 << 40))
        guard let path = text("ACCORD_TRUSTED_DOCUMENTS") else {
            return .clients(bytes > 0 ? PersistedQueries(maximumBytes: bytes) : nil)
        }
        return parsed("ACCORD_TRUSTED_DOCUMENTS") { .trusted(try TrustedDocuments(path: path)) } ?? .clients(nil)
    }

    private mutating func secondsOrOff(_ name: String, default defaultValue: Int) -> Duration? {
        numberOrOff(name, default: defaultValue).map { .seconds($0) }
    }

    /// A whole number of at least 1; nil for `off`.
    mutating func numberOrOff(_ name: String, default defaultValue: Int?) -> Int? {
        guard let text = text(name) else { return defaultValue }
        if text == "off" { return nil }
        if let number = Int(text), number > 0 { return number }
        report("\(name) must be a whole number of at least 1, or off, not \"\(text)\".")
        return defaultValue
    }
}
