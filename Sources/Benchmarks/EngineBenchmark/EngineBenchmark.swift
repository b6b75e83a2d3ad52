import Glibc
import GraphQL

/// Measures the engine alone, without HTTP and databases, on the workloads of a folder; NDJSON on standard output.
///
///     EngineBenchmark FOLDER [FILTER]
///
/// The cache of prepared operations is measured on the document of the end-to-end workload.
///
/// With DUMP=DIR in the environment, the responses of the execution workloads are written to that folder. With
/// REPEAT=N, each operation runs N times and is not timed: for profilers.
@main
struct EngineBenchmark {
    private let inputs: Inputs
    private let measurement: Measurement
    private let context: CatalogContext
    private let dump: String?

    @concurrent static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard let folder = arguments.first else { throw Inputs.Unreadable(path: "no folder was given") }
        let inputs = Inputs(folder: folder)
        let benchmark = EngineBenchmark(
            inputs: inputs,
            measurement: Measurement(
                filter: arguments.dropFirst().first ?? "",
                repetitions: unsafe getenv("REPEAT").flatMap { unsafe Int(String(cString: $0)) }),
            context: CatalogContext(Catalog(try inputs.json("data.json"))),
            dump: unsafe getenv("DUMP").map { unsafe String(cString: $0) })
        for workload in try inputs.workloads() { try await benchmark.run(workload) }
    }

    private func run(_ workload: Inputs.Workload) async throws {
        let text = try inputs.text(workload.document)
        switch workload.kind {
        case .parse, .parseSDL:
            try await measurement.time(workload.id) { try Document(parsing: text).selections.count }
        case .validate: try await validate(workload, text)
        case .execute: try await execute(workload, text, slow: .batched)
        case .executeAsync:
            try await execute(workload, text, slow: .batched)
            try await execute(workload, text, slow: .each, suffix: "-each")
            // What the resolvers of those 300 values cost by themselves.
            try await measurement.time("limit.300 yields:" + workload.id) {
                for _ in 0..<300 { await Task.yield() }
                return 300
            }
        case .endToEnd: try await answer(workload, text)
        }
    }

    // MARK: Validation

    private func validate(_ workload: Inputs.Workload, _ text: String) async throws {
        let schema = try schema(workload)
        let scalars = ContiguousArray(schema.types.map { Scalar.named($0.name) })
        let document = try Document(parsing: text)
        let count = schema.validate(document, scalars: scalars).count
        measurement.emit(workload.id, "errors", Double(count), unit: "count")
        try await measurement.time(workload.id) { schema.validate(document, scalars: scalars).count }
    }

    /// Unchecked, since schemas made for older editions of the specification may break a rule of this one.
    private func schema(_ workload: Inputs.Workload) throws -> Schema {
        Schema(unchecked: [try Document(parsing: inputs.text(workload.schema ?? ""), limits: .trusted)])
    }

    // MARK: Execution

    private func executableSchema(
        _ workload: Inputs.Workload, slow: SlowResolvers
    ) throws -> ExecutableSchema<CatalogContext> {
        let schema = try schema(workload)
        // The large schema is executed for its introspection only.
        if schema.type(named: "ConnectionPage") == nil {
            return try ExecutableSchema(schema) { binder in binder.dynamic { _, _, _ in .null } }
        }
        return try ExecutableSchema(catalog: schema, slow: slow)
    }

    private func execute(
        _ workload: Inputs.Workload, _ text: String, slow: SlowResolvers, suffix: String = ""
    ) async throws {
        let schema = try executableSchema(workload, slow: slow)
        let operation = try schema.prepare(text, operationName: nil).get()
        let expected = await schema.execute(operation, variables: workload.variables, context: context).body
        try write(expected, of: workload.id + suffix)
        func time(_ id: String) async throws {
            try await measurement.time(id) {
                await schema.execute(operation, variables: workload.variables, context: context).body.count
            }
        }
        // The engine writes bytes as it goes: its result is the JSON.
        try await time(workload.id + suffix + "+json")
        if workload.id == "exec.typename" {
            try await measurement.time(workload.id + ":cold") {
                let operation = try schema.prepare(text, operationName: nil).get()
                return await schema.execute(operation, context: context).body.count
            }
        }
        let items = context.catalog.items
        let tree = context.catalog.tree
        if workload.id == "exec.list1000x10" {
            precondition(HandWritten.list(items, capacity: 64) == expected, "The bound writes what the engine writes.")
            try await measurement.time("limit.hand-written Swift:" + workload.id) {
                HandWritten.list(items, capacity: expected.count + 64).count
            }
        }
        if workload.id == "exec.nested100x10x5" {
            precondition(HandWritten.nested(tree, capacity: 64) == expected, "The bound writes what the engine writes.")
            try await measurement.time("limit.hand-written Swift:" + workload.id) {
                HandWritten.nested(tree, capacity: expected.count + 64).count
            }
        }
    }

    /// The whole way from a request's text to its response, cold and with the plan known.
    private func answer(_ workload: Inputs.Workload, _ text: String) async throws {
        let schema = try executableSchema(workload, slow: .batched)
        let operation = try schema.prepare(text, operationName: nil).get()
        let body = await schema.execute(operation, variables: workload.variables, context: context).body
        try write(body, of: workload.id)
        try await measurement.time(workload.id) {
            let operation = try schema.prepare(text, operationName: nil).get()
            return await schema.execute(operation, variables: workload.variables, context: context).body.count
        }
        try await measurement.time(workload.id + ":cached") {
            await schema.execute(operation, variables: workload.variables, context: context).body.count
        }
        try await PlanCacheBenchmark(self.schema(workload), text, workload.variables, context, measurement).run()
    }

    private func write(_ body: [UInt8], of id: String) throws {
        guard let dump else { return }
        let path = "\(dump)/\(id).json"
        guard let file = unsafe fopen(path, "w") else { throw Inputs.Unreadable(path: path) }
        defer { unsafe fclose(file) }
        unsafe fwrite(body, 1, body.count, file)
    }
}
