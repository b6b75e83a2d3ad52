import Glibc
import GraphQL

/// Measures the cache of prepared operations: what a hit costs, what an operation takes, and whether a flood of
/// documents that come once leaves those that come often, and memory as it was.
struct PlanCacheBenchmark {
    private let schema: Schema
    private let text: String
    private let variables: [ObjectField]
    private let context: CatalogContext
    private let measurement: Measurement

    /// What the server gives its cache.
    private static let cacheBytes = 8 << 20
    private static let floodDocuments = 1_000_000
    private static let hotDocuments = 50
    /// A hot document is asked for after so many of the flood.
    private static let hotInterval = 20

    /// Takes a document like those that clients send, for the schema of the catalog.
    init(
        _ schema: Schema, _ text: String, _ variables: [ObjectField], _ context: CatalogContext,
        _ measurement: Measurement
    ) {
        self.schema = schema
        self.text = text
        self.variables = variables
        self.context = context
        self.measurement = measurement
    }

    func run() async throws {
        if measurement.wants("cache.hit") { try await hit() }
        if measurement.wants("cache.memory") { try await memory() }
        if measurement.wants("cache.flood") { try await flood() }
    }

    private func executable(cacheBytes: Int) throws -> ExecutableSchema<CatalogContext> {
        try ExecutableSchema(catalog: schema, slow: .batched, planCacheBytes: cacheBytes)
    }

    /// The document once more, as another text.
    private func variant(_ number: Int) -> String { text + "\n# \(number)" }

    private func hit() async throws {
        let schema = try executable(cacheBytes: Self.cacheBytes)
        for number in 0..<Self.hotDocuments { _ = try schema.prepare(variant(number), operationName: nil).get() }
        let documents = (0..<Self.hotDocuments).map(variant)
        var next = 0
        try await measurement.time("cache.hit") {
            next = (next + 1) % documents.count
            return try schema.prepare(documents[next], operationName: nil).get().isIntrospection ? 1 : 0
        }
    }

    // MARK: Memory

    /// How much the process grows by each operation, beside what the cache counts for it; and of that the part of each
    /// planned field. There are so many that what the allocator has at hand makes no difference.
    private func memory() async throws {
        let count = 20_000
        let schema = try executable(cacheBytes: 1 << 30)
        // Once before, so that what is made once is there.
        try await prepare(schema, ["{ __typename }"])
        let selections = [
            "fields": "{ items { id name email age score active country city note count } }",
            "arguments": "{ " + (0..<10).map { "a\($0): connections(first: \($0)) { totalCount } " }.joined() + "}",
        ]
        for (name, selection) in selections.sorted(by: { $0.key < $1.key }) {
            let plannedFields = name == "fields" ? 11 : 20
            let (before, counted) = (Self.residentBytes, schema.planCache?.statistics.bytes ?? 0)
            let documents = (0..<count).map { selection + "# \(name) \($0)" }
            for document in documents { _ = try schema.prepare(document, operationName: nil).get() }
            let prepared = Self.residentBytes
            try await prepare(schema, documents)
            let planned = Self.residentBytes
            let estimate = (schema.planCache?.statistics.bytes ?? 0) - counted
            emit("cache.memory.\(name)", "bytes_per_field", (planned - prepared) / count / plannedFields, "B")
            emit("cache.memory.\(name)", "bytes_per_operation", (planned - before) / count, "B")
            emit("cache.memory.\(name)", "counted_bytes_per_operation", estimate / count, "B")
        }
    }

    private func prepare(_ schema: ExecutableSchema<CatalogContext>, _ documents: [String]) async throws {
        for document in documents {
            let operation = try schema.prepare(document, operationName: nil).get()
            _ = await schema.execute(operation, variables: [], context: context)
        }
    }

    // MARK: Flood

    private func flood() async throws {
        let schema = try executable(cacheBytes: Self.cacheBytes)
        let hot = (0..<Self.hotDocuments).map(variant)
        func hits() -> Int { schema.planCache?.statistics.hits ?? 0 }
        func request(_ document: String) async throws -> Bool {
            let before = hits()
            let operation = try schema.prepare(document, operationName: nil).get()
            _ = await schema.execute(operation, variables: variables, context: context)
            return hits() > before
        }
        for _ in 0..<20 { for document in hot { _ = try await request(document) } }
        var (asked, found, unique) = (0, 0, 0)
        func flood(_ documents: Int) async throws {
            for _ in 0..<documents {
                unique += 1
                let document = "query Q\(unique) { connections(first: \(unique % 7)) { totalCount } __typename }"
                let operation = try schema.prepare(document, operationName: nil).get()
                _ = await schema.execute(operation, context: context)
                guard unique % Self.hotInterval == 0 else { continue }
                asked += 1
                if try await request(hot[asked % hot.count]) { found += 1 }
            }
        }
        emit("cache.flood", "resident_bytes_before", Self.residentBytes, "B")
        // The cache fills up.
        try await flood(Self.floodDocuments / 10)
        emit("cache.flood", "resident_bytes_full", Self.residentBytes, "B")
        try await flood(Self.floodDocuments - Self.floodDocuments / 10)
        emit("cache.flood", "resident_bytes_after", Self.residentBytes, "B")
        emit("cache.flood", "hot_requests", asked, "count")
        emit("cache.flood", "hot_hits", found, "count")
        guard let statistics = schema.planCache?.statistics else { return }
        emit("cache.flood", "kept", statistics.count, "count")
        emit("cache.flood", "kept_bytes", statistics.bytes, "B")
        emit("cache.flood", "evictions", statistics.evictions, "count")
    }

    private func emit(_ workload: String, _ metric: String, _ value: Int, _ unit: String) {
        measurement.emit(workload, metric, Double(value), unit: unit)
    }

    /// The process's memory that is in RAM.
    private static var residentBytes: Int {
        guard let file = unsafe fopen("/proc/self/statm", "r") else { return 0 }
        defer { unsafe fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = unsafe fread(&bytes, 1, bytes.count, file)
        let fields = bytes[..<count].split(separator: UInt8(ascii: " "))
        let pages = fields.count > 1 ? Int(String(decoding: fields[1], as: UTF8.self)) : nil
        return (pages ?? 0) * sysconf(Int32(_SC_PAGESIZE))
    }
}
