import SeededRandom
import GraphQL
import Testing

/// Where a null goes that may not stay where it is, and which errors are reported, for every shape of type and every
/// way to resolve a field. The expectation comes from a brute-force reading of the specification.
///
/// Spec: 6.4.4 Handling Execution Errors
@Suite struct NullPropagationTests {
    typealias Service = NullPropagationService

    private let schema: ExecutableSchema<Service.Faults>

    init() throws { schema = try Service.makeSchema() }

    /// Each type over itself to every depth, each mode over each, every way to fail at every position of the innermost
    /// field, beside a sibling that is fine, one that fails by itself, and one that fails upwards.
    @Test(arguments: Service.compositeTypes, Service.Mode.allCases)
    func `a null goes up to the nearest position that may be null`(
        _ type: Service.FieldType, _ mode: Service.Mode
    ) async throws {
        for depth in 1...(type.listDepth < 2 ? 3 : 2) {
            for leafMode in Service.Mode.allCases {
                for leaf in Service.leafTypes.prefix(3) {
                    try await check(chain: type, mode, depth, over: SelectedField(type: leaf, mode: leafMode))
                }
            }
        }
    }

    private func check(
        chain type: Service.FieldType, _ mode: Service.Mode, _ depth: Int, over leaf: SelectedField
    ) async throws {
        let other: Service.Mode = leaf.mode == .synchronous ? .batched : .synchronous
        let siblings = [
            SelectedField(type: .leaf, mode: other), SelectedField(type: .nonNull(.leaf), mode: other),
        ]
        var fields = [siblings[0], leaf, siblings[1]]
        for _ in 0..<depth { fields = [SelectedField(type: type, mode: mode, children: fields), siblings[0]] }
        let test = try Prepared(fields, .query, schema)
        let innermost = test.paths.filter { $0.contains(leaf.name) }
        // The first and the last object have the same shape as those between.
        for path in Set([innermost.first, innermost.last].compactMap(\.self)) {
            for fault in Service.Fault.allCases {
                try await test.check(Service.Faults([path: fault]))
                let prefix = path[..<(path.firstRange(of: "/\(leaf.name)")?.lowerBound ?? path.endIndex)]
                for sibling in siblings {
                    try await test.check(Service.Faults([path: fault, "\(prefix)/\(sibling.name)": .failure]))
                }
            }
        }
        try await test.check(Service.Faults(failingFields: [leaf.name]))
    }

    @Test(arguments: [OperationType.query, .mutation], [1, 2, 3, 4, .random(in: 5 ... .max)] as [UInt64])
    func `random faults in random selections`(_ operation: OperationType, _ seed: UInt64) async throws {
        var random = SplitMix64(state: seed)
        for _ in 0..<40 {
            // One kind of mode alone, or all of them mixed.
            let modes =
                random.next() % 3 == 0 ? [Service.Mode.allCases.randomElement(using: &random)!] : Service.Mode.allCases
            let fields = Self.randomFields(depth: Int.random(in: 0...3, using: &random), modes, &random)
            let test = try Prepared(fields, operation, schema)
            for _ in 0..<6 {
                let share = [1, 2, 5, 20].randomElement(using: &random)!
                var faults: [String: Service.Fault] = [:]
                for path in test.paths where Int.random(in: 0..<100, using: &random) < share {
                    faults[path] = Service.Fault.allCases.randomElement(using: &random)!
                }
                let failing = random.next() % 8 == 0 ? [test.names.randomElement(using: &random)!] : []
                try await test.check(Service.Faults(faults, failingFields: Set(failing)), "seed \(seed)")
            }
        }
    }

    private static func randomFields(
        depth: Int, _ modes: [Service.Mode], _ random: inout SplitMix64
    ) -> [SelectedField] {
        var fields: [SelectedField] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let isLeaf = depth == 0 || random.next() % 3 == 0
            let types = isLeaf ? Service.leafTypes : Service.compositeTypes
            guard let type = types.randomElement(using: &random), let mode = modes.randomElement(using: &random) else {
                continue
            }
            var field = SelectedField(type: type, mode: mode)
            if fields.contains(where: { $0.name == field.name }) { continue }
            if !isLeaf { field.children = randomFields(depth: depth - 1, modes, &random) }
            fields.append(field)
        }
        return fields
    }
}

/// An operation on the service's schema.
private struct Prepared {
    typealias Service = NullPropagationService

    let schema: ExecutableSchema<Service.Faults>
    let operation: PreparedOperation
    let document: String
    let fields: [SelectedField]
    let rootType: String
    /// The paths of all its values when none fails.
    let paths: [String]

    init(
        _ fields: [SelectedField], _ type: OperationType, _ schema: ExecutableSchema<Service.Faults>
    ) throws {
        var fields = fields
        var document = type == .mutation ? "mutation " : ""
        SelectedField.write(&fields, to: &document)
        self.schema = schema
        self.fields = fields
        self.document = document
        rootType = type == .mutation ? "Mutation" : "Query"
        operation = try schema.prepare(document, operationName: nil).get()
        func names(_ fields: [SelectedField]) -> [String] { fields.flatMap { [$0.name] + names($0.children) } }
        self.names = names(fields)
        isSynchronous = self.names.allSatisfy { $0.hasSuffix(Service.Mode.synchronous.rawValue) }
        paths = NullPropagationReference.execute(fields, of: rootType, Service.Faults(), stopsEarly: false).paths
    }

    /// The names of all fields.
    let names: [String]
    private let isSynchronous: Bool

    func check(_ faults: Service.Faults, _ note: String = "") async throws {
        let response = await schema.execute(operation, context: faults)
        guard let problem = try problem(with: response.body, faults) else { return }
        let body = String(decoding: response.body, as: UTF8.self)
        Issue.record("\(problem)\n\(note) \(document)\n\(faults.byPath) \(faults.failingFields)\n\(body)")
    }

    private func problem(with body: [UInt8], _ faults: Service.Faults) throws -> String? {
        let expected = NullPropagationReference.execute(fields, of: rootType, faults, stopsEarly: false)
        let head = Array("{\"data\":\(expected.data)".utf8)
        guard body.starts(with: head), body.count == head.count + 1 || body[head.count] == UInt8(ascii: ",") else {
            return "the data is not \(expected.data)"
        }
        let errors = try Self.errors(of: body)
        let known = Set(expected.reports.map(\.error))
        if Set(errors).count != errors.count { return "an error is reported twice" }
        if let error = errors.first(where: { !known.contains($0) }) { return "there is no such error as \(error)" }
        // Where several failures come to the same null, one of them is enough.
        let visible = Dictionary(grouping: expected.reports.filter { !$0.isHidden }, by: \.position)
        for (position, reports) in visible where !reports.contains(where: { errors.contains($0.error) }) {
            return "the null at \(position ?? []) is not explained"
        }
        guard isSynchronous, rootType == "Query" else { return nil }
        // Nothing runs beside anything: the errors, too, are those of one pass that ends where it fails.
        let pass = NullPropagationReference.execute(fields, of: rootType, faults, stopsEarly: true)
        return errors == pass.reports.map(\.error) ? nil : "the errors are not those of one pass"
    }

    private static func errors(of body: [UInt8]) throws -> [GraphQLError] {
        guard case .list(let errors)? = try JSONParser.parse(body)["errors"] else { return [] }
        return errors.map { error in
            var result = GraphQLError("")
            if case .string(let message)? = error["message"] { result.message = message }
            if case .list(let places)? = error["locations"] {
                result.locations = places.map { place in
                    guard case .int(let line)? = place["line"], case .int(let column)? = place["column"] else {
                        return SourceLocation(line: 0, column: 0)
                    }
                    return SourceLocation(line: line, column: column)
                }
            }
            if case .list(let path)? = error["path"] {
                result.path = path.compactMap { segment in
                    switch segment {
                    case .string(let name): .name(name)
                    case .int(let index): .index(index)
                    default: nil
                    }
                }
            }
            return result
        }
    }
}
