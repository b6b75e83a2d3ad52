package import GraphQL

/// Compares two schemas.
///
/// What breaks follows graphql-js: the rules of variance for output types and input types, and what validation would
/// refuse. Elements are the same when they have the same coordinate; renaming one removes it and adds another.
package struct SchemaDiff {
    let old: Schema
    let new: Schema
    var changes: [SchemaChange] = []

    private init(_ old: Schema, _ new: Schema) {
        self.old = old
        self.new = new
    }

    /// Every change that makes `new` of `old`: the breaking ones first, then the dangerous and the safe ones, each in
    /// the order of the schemas.
    package static func changes(from old: Schema, to new: Schema) -> [SchemaChange] {
        var diff = SchemaDiff(old, new)
        diff.compareRoots()
        diff.compareTypes()
        diff.compareDirectives()
        return SchemaChange.Severity.allCases.flatMap { severity in
            diff.changes.filter { $0.severity == severity }
        }
    }

    mutating func report(_ kind: SchemaChange.Kind, _ coordinate: SchemaCoordinate?, _ message: String) {
        changes.append(SchemaChange(kind, coordinate, message))
    }

    // MARK: Schema

    private mutating func compareRoots() {
        compareDescriptions(old.description, new.description, nil, "The schema")
        for operation in OperationType.allCases {
            let before = old.rootType(for: operation).map { old[$0].name }
            let after = new.rootType(for: operation).map { new[$0].name }
            switch (before, after) {
            case (let before?, let after?) where before != after:
                report(
                    .rootTypeChanged, .type(before), "The \(operation) root type changed from \(before) to \(after).")
            case (let before?, nil):
                report(.rootTypeRemoved, .type(before), "\(before) is no longer the \(operation) root type.")
            case (nil, let after?):
                report(.rootTypeAdded, .type(after), "\(after) became the \(operation) root type.")
            default: break
            }
        }
    }

    // MARK: What many elements have

    mutating func compareDescriptions(
        _ before: String?, _ after: String?, _ coordinate: SchemaCoordinate?, _ subject: String? = nil
    ) {
        guard before != after else { return }
        let subject = subject ?? coordinate?.description ?? ""
        let what = before == nil ? "got a description" : after == nil ? "lost its description" : "is described anew"
        report(.descriptionChanged, coordinate, "\(subject) \(what).")
    }

    mutating func compareDeprecations(_ before: String?, _ after: String?, _ coordinate: SchemaCoordinate) {
        switch (before, after) {
        case (nil, let reason?):
            report(.deprecated, coordinate, "\(coordinate) was deprecated: \(SchemaPrinter.quoted(reason)).")
        case (.some, nil):
            report(.deprecationRemoved, coordinate, "\(coordinate) is no longer deprecated.")
        case (let before?, let after?) where before != after:
            report(
                .deprecationReasonChanged, coordinate,
                "\(coordinate) is deprecated for another reason: \(SchemaPrinter.quoted(after)).")
        default: break
        }
    }
}
