import GraphQL

/// A field of a test's document, with where it is written.
struct SelectedField {
    let type: NullPropagationService.FieldType
    let mode: NullPropagationService.Mode
    var children: [SelectedField] = []
    var column = 0

    var name: String { NullPropagationService.fieldName(type, mode) }

    /// Writes the field, and notes its column.
    mutating func write(to text: inout String) {
        column = text.utf8.count + 1
        text += name
        if type.isComposite { Self.write(&children, to: &text) }
        text += " "
    }

    /// Writes a selection set.
    static func write(_ fields: inout [SelectedField], to text: inout String) {
        text += "{ "
        for position in fields.indices { fields[position].write(to: &text) }
        text += "}"
    }
}

/// Section 6.4.4, Handling Execution Errors, by the letter: one value after the other, each in full.
struct NullPropagationReference {
    /// An error, and the position of the null that it comes to.
    struct Report: Equatable {
        let error: GraphQLError
        /// Nil while it is on its way up.
        var position: ResponsePath?
        /// Whether its null stands in something that became null itself, so that it needn't be reported.
        var isHidden = false
    }

    private enum Completed { case value(String), null, failed }

    private let faults: NullPropagationService.Faults
    /// Whether the rest of an object or list is left out once it is known to become null.
    private let stopsEarly: Bool
    private(set) var reports: [Report] = []
    /// The paths of all values.
    private(set) var paths: [String] = []

    private init(_ faults: NullPropagationService.Faults, stopsEarly: Bool) {
        self.faults = faults
        self.stopsEarly = stopsEarly
    }

    /// What executing the fields must give.
    static func execute(
        _ fields: [SelectedField], of type: String, _ faults: NullPropagationService.Faults, stopsEarly: Bool
    ) -> (data: String, reports: [Report], paths: [String]) {
        var reference = NullPropagationReference(faults, stopsEarly: stopsEarly)
        let completed = reference.executeFields(fields, of: type, at: [])
        let data = if case .value(let text) = completed { text } else { "null" }
        if data == "null" { reference.settle(from: 0, at: []) }
        return (data, reference.reports, reference.paths)
    }

    private mutating func executeFields(
        _ fields: [SelectedField], of type: String, at path: ResponsePath
    ) -> Completed {
        var members: [String] = []
        var hasFailed = false
        for field in fields {
            let path = path + [.name(field.name)]
            switch completeValue(field.type, field, "\(type).\(field.name)", at: path) {
            case .value(let text): members.append("\"\(field.name)\":\(text)")
            case .null, .failed: hasFailed = true
            }
            if hasFailed, stopsEarly { break }
        }
        return hasFailed ? .failed : .value("{\(members.joined(separator: ","))}")
    }

    private mutating func completeValue(
        _ type: NullPropagationService.FieldType, _ field: SelectedField, _ coordinate: String, at path: ResponsePath
    ) -> Completed {
        if case .nonNull(let type) = type {
            let completed = completeNullable(type, field, coordinate, at: path)
            guard case .null = completed else { return completed }
            report("Cannot return null for non-nullable field \(coordinate).", field, at: path)
            return .failed
        }
        let first = reports.count
        switch completeNullable(type, field, coordinate, at: path) {
        case .value(let text): return .value(text)
        case .null: return .value("null")
        case .failed:
            settle(from: first, at: path)
            return .value("null")
        }
    }

    private mutating func completeNullable(
        _ type: NullPropagationService.FieldType, _ field: SelectedField, _ coordinate: String, at path: ResponsePath
    ) -> Completed {
        let key = Self.key(path)
        paths.append(key)
        switch faults.fault(at: key, of: field.name) {
        case .null: return .null
        case .failure:
            report("no", field, at: path)
            return .failed
        case nil: break
        }
        switch type {
        case .nonNull(let type): return completeNullable(type, field, coordinate, at: path)
        case .leaf: return .value("\(key.utf8.count)")
        case .object: return executeFields(field.children, of: "Node", at: path)
        case .abstract:
            let name = NullPropagationService.isOther(key) ? "Other" : "Node"
            return executeFields(field.children, of: name, at: path)
        case .list(let item):
            var items: [String] = []
            var hasFailed = false
            for position in 0..<2 {
                switch completeValue(item, field, coordinate, at: path + [.index(position)]) {
                case .value(let text): items.append(text)
                case .null, .failed: hasFailed = true
                }
                if hasFailed, stopsEarly { break }
            }
            return hasFailed ? .failed : .value("[\(items.joined(separator: ","))]")
        }
    }

    private mutating func report(_ message: String, _ field: SelectedField, at path: ResponsePath) {
        let location = SourceLocation(line: 1, column: field.column)
        reports.append(Report(error: GraphQLError(message, locations: [location], path: path)))
    }

    /// The value at `path` became null: errors on their way up end here, and what became null inside is gone.
    private mutating func settle(from first: Int, at path: ResponsePath) {
        for index in reports.indices[first...] {
            if reports[index].position == nil { reports[index].position = path } else { reports[index].isHidden = true }
        }
    }

    /// The path as the resolvers know it.
    static func key(_ path: ResponsePath) -> String {
        path.map { segment in
            switch segment {
            case .name(let name): "/\(name)"
            case .index(let index): "/\(index)"
            }
        }.joined()
    }
}
