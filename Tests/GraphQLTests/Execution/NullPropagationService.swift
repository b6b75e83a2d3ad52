@testable import GraphQL

/// What the tests of null propagation execute: a schema with every shape of type, each bound in every way, whose values
/// fail where a test says so.
enum NullPropagationService {
    /// How a field is resolved.
    enum Mode: String, CaseIterable {
        case synchronous, awaited, batched
    }

    /// What becomes of a value instead.
    enum Fault: CaseIterable {
        case null, failure
    }

    /// The values that come to nothing, by their response path, and the fields that fail everywhere, by their name.
    final class Faults: Sendable {
        let byPath: [String: Fault]
        let failingFields: Set<String>

        init(_ byPath: [String: Fault] = [:], failingFields: Set<String> = []) {
            self.byPath = byPath
            self.failingFields = failingFields
        }

        /// The fault of the value at `path`, which is one of the field's own values or of its items.
        func fault(at path: String, of field: String) -> Fault? {
            failingFields.contains(field) && path.hasSuffix(field) ? .failure : byPath[path]
        }
    }

    /// A type of a field.
    indirect enum FieldType: Hashable, Sendable {
        case leaf, object, abstract
        case list(FieldType)
        case nonNull(FieldType)

        var isComposite: Bool {
            switch self {
            case .leaf: false
            case .object, .abstract: true
            case .list(let type), .nonNull(let type): type.isComposite
            }
        }

        /// How many lists are around the named type.
        var listDepth: Int {
            switch self {
            case .leaf, .object, .abstract: 0
            case .list(let type): type.listDepth + 1
            case .nonNull(let type): type.listDepth
            }
        }

        /// The type as the schema language writes it.
        var text: String {
            switch self {
            case .leaf: "Int"
            case .object: "Node"
            case .abstract: "Any"
            case .list(let type): "[\(type.text)]"
            case .nonNull(let type): "\(type.text)!"
            }
        }
    }

    static let compositeTypes: [FieldType] = [
        .object, .nonNull(.object),
        .list(.object), .nonNull(.list(.object)), .list(.nonNull(.object)), .nonNull(.list(.nonNull(.object))),
        .list(.list(.nonNull(.object))), .nonNull(.list(.nonNull(.list(.nonNull(.object))))),
        .abstract, .nonNull(.abstract), .list(.nonNull(.abstract)), .nonNull(.list(.nonNull(.abstract))),
    ]
    static let leafTypes: [FieldType] = [
        .leaf, .nonNull(.leaf), .list(.nonNull(.leaf)), .nonNull(.list(.leaf)), .nonNull(.list(.nonNull(.leaf))),
        .list(.nonNull(.list(.nonNull(.leaf)))),
    ]

    /// The name of the field of this type that is resolved in this way.
    static func fieldName(_ type: FieldType, _ mode: Mode) -> String {
        let number = (compositeTypes + leafTypes).firstIndex(of: type) ?? 0
        return "f\(number)\(mode.rawValue)"
    }

    static let sdl: String = {
        let fields = (compositeTypes + leafTypes).flatMap { type in
            Mode.allCases.map { "\(fieldName(type, $0)): \(type.text)" }
        }
        let body = "{ \(fields.joined(separator: ", ")) }"
        return """
            interface Any \(body)
            type Query \(body)
            type Mutation \(body)
            type Node implements Any \(body)
            type Other implements Any \(body)
            """
    }()

    static func makeSchema() throws -> ExecutableSchema<Faults> {
        try ExecutableSchema(Schema(Document(parsing: sdl))) { schema in
            schema.query { bindAll(&$0) { _ in "" } }
            schema.mutation { bindAll(&$0) { _ in "" } }
            schema.object(Node.self) { bindAll(&$0, path: \.path) }
            schema.object(Other.self) { bindAll(&$0, path: \.path) }
        }
    }

    private static func bindAll<Parent>(
        _ binder: inout ObjectBinder<Parent, Faults>, path: @escaping @Sendable (Parent) -> String
    ) {
        for type in compositeTypes + leafTypes {
            for mode in Mode.allCases { bind(type, mode, &binder, path: path) }
        }
    }

    private static func bind<Parent>(
        _ type: FieldType, _ mode: Mode, _ binder: inout ObjectBinder<Parent, Faults>,
        path: @escaping @Sendable (Parent) -> String
    ) {
        let name = fieldName(type, mode)
        @Sendable func resolve(_ parent: Parent, _ faults: Faults) throws -> TestValue {
            let value = TestValue(type, at: "\(path(parent))/\(name)", of: name, faults)
            if case .failure = value { throw GraphQLError("no") }
            return value
        }
        switch mode {
        case .synchronous: binder.field(name) { parent, faults throws in try resolve(parent, faults) }
        case .awaited:
            binder.field(name) { parent, faults async throws in
                for _ in 0..<path(parent).utf8.count % 3 { await Task.yield() }
                return try resolve(parent, faults)
            }
        case .batched:
            binder.batch(name) { parents, faults async throws in
                if faults.failingFields.contains(name) { throw GraphQLError("no") }
                return parents.map { parent in Result { try resolve(parent, faults) } }
            }
        }
    }

    /// An object that knows nothing but the way to it.
    struct Node: ObjectOutput {
        static var typeName: String { "Node" }
        let path: String
    }

    /// An object of another type.
    struct Other: ObjectOutput {
        static var typeName: String { "Other" }
        let path: String
    }

    /// Which object type stands for an abstract one at a path.
    static func isOther(_ path: String) -> Bool { path.utf8.count % 2 == 0 }
}

/// A value of any type, or what came instead of it: also where the schema doesn't allow it.
enum TestValue: OutputValue {
    case failure, null
    case leaf(Int)
    case node(NullPropagationService.Node)
    case other(NullPropagationService.Other)
    case list([TestValue])

    init(
        _ type: NullPropagationService.FieldType, at path: String, of field: String,
        _ faults: NullPropagationService.Faults
    ) {
        switch faults.fault(at: path, of: field) {
        case .failure: self = .failure
        case .null: self = .null
        case nil:
            switch type {
            case .nonNull(let type): self.init(type, at: path, of: field, faults)
            case .leaf: self = .leaf(path.utf8.count)
            case .object: self = .node(.init(path: path))
            case .abstract where NullPropagationService.isOther(path): self = .other(.init(path: path))
            case .abstract: self = .node(.init(path: path))
            case .list(let type):
                self = .list((0..<2).map { TestValue(type, at: "\(path)/\($0)", of: field, faults) })
            }
        }
    }

    static var outputShape: OutputShape { .dynamic }

    static func complete(
        _ value: UnsafePointer<TestValue>, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        switch unsafe value.pointee {
        case .failure: execution.fail(GraphQLError("no"), field, wrappers)
        case .null: .null
        case .leaf(let value): complete(value, field, wrappers, &execution)
        case .node(let value): complete(value, field, wrappers, &execution)
        case .other(let value): complete(value, field, wrappers, &execution)
        case .list(let values): complete(values, field, wrappers, &execution)
        }
    }

    private static func complete<Output: OutputValue>(
        _ value: Output, _ field: FieldPlan, _ wrappers: TypeWrappers, _ execution: inout Execution
    ) -> Completion {
        unsafe withUnsafePointer(to: value) { unsafe Output.complete($0, field, wrappers, &execution) }
    }
}
