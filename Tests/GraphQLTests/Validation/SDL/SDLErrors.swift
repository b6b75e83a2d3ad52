@testable import GraphQL

/// The short form of the errors of one rule about type-system definitions.
enum SDLErrors {
    /// What some documents extend.
    static let schema =
        #"type Query { a(x: Int): Int } type Mutation { m: Int } interface I { id: ID } union U = Query enum E { A B } input In { x: Int } scalar D directive @d(a: Int! b: String = "x") on OBJECT | FIELD_DEFINITION directive @r repeatable on OBJECT | SCHEMA | ENUM"#

    /// The errors in the order found: the places as `line:column`, then the message. When there are several documents,
    /// each place begins with the number of its document.
    static func of(_ rule: SDLRule, in texts: [String], extending schema: String? = nil) throws -> [String] {
        let documents = try texts.map { try Document(parsing: $0) }
        let extended = try schema.map { Schema(unchecked: [try Document(parsing: $0)]) }
        return Schema.validateSDL(documents, extending: extended, rules: [rule]).map { error in
            let places = error.places.map { place in
                let number = documents.firstIndex { $0 === place.document }.map { "\($0 + 1)" } ?? "?"
                let location = "\(place.location.line):\(place.location.column)"
                return documents.count > 1 ? "\(number)/\(location)" : location
            }
            return (places + [error.message]).joined(separator: " ")
        }
    }
}
