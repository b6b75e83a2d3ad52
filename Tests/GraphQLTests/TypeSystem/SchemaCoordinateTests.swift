import GraphQL
import Testing

/// Schema coordinates: their spelling, and what they name.
@Suite struct SchemaCoordinateTests {
    static let valid: [(String, SchemaCoordinate)] = [
        ("Business", .type("Business")),
        ("_0", .type("_0")),
        ("Business.name", .member(type: "Business", name: "name")),
        ("SearchFilter.OPEN_NOW", .member(type: "SearchFilter", name: "OPEN_NOW")),
        (
            "Query.searchBusiness(criteria:)",
            .argument(type: "Query", field: "searchBusiness", name: "criteria")
        ),
        ("@private", .directive("private")),
        ("@private(scope:)", .directiveArgument(directive: "private", name: "scope")),
        ("__Type.fields(includeDeprecated:)", .argument(type: "__Type", field: "fields", name: "includeDeprecated")),
    ]

    @Test(arguments: valid)
    func `a coordinate is read, and printed as it was written`(text: String, coordinate: SchemaCoordinate) throws {
        #expect(try SchemaCoordinate(parsing: text) == coordinate)
        #expect(coordinate.description == text)
    }

    @Test(arguments: [
        ("", 1, "Expected Name, found <EOF>."),
        (".", 1, "Expected Name, found \".\"."),
        ("1a", 1, "Invalid character: \"1\"."),
        ("Type.", 6, "Expected Name, found <EOF>."),
        ("Type.field.deep", 11, "Expected <EOF>, found \".\"."),
        ("Type.field(", 12, "Expected Name, found <EOF>."),
        ("Type.field()", 12, "Expected Name, found \")\"."),
        ("Type.field(arg)", 15, "Expected \":\", found \")\"."),
        ("Type.field(arg:", 16, "Expected \")\", found <EOF>."),
        ("Type.field(arg:value)", 16, "Expected \")\", found Name \"value\"."),
        ("Type.field(arg: value)", 16, "Invalid character: \" \"."),
        ("Type(arg:)", 5, "Expected <EOF>, found \"(\"."),
        ("@", 2, "Expected Name, found <EOF>."),
        ("@private.field", 9, "Expected <EOF>, found \".\"."),
        ("@@private", 2, "Expected Name, found \"@\"."),
        (" Type", 1, "Invalid character: \" \"."),
        ("Type ", 5, "Invalid character: \" \"."),
        ("Type\n", 5, "Invalid character: U+000A."),
        ("Ty\"pe", 3, "Invalid character: '\"'."),
        ("Größe", 3, "Invalid character: U+00F6."),
        ("a😀", 2, "Invalid character: U+1F600."),
        ("Type #", 5, "Invalid character: \" \"."),
        ("Type\0", 5, "Invalid character: U+0000."),
    ])
    func `what is no coordinate is refused where it stops to be one`(text: String, column: Int, message: String) {
        do {
            let coordinate = try SchemaCoordinate(parsing: text)
            Issue.record("\(coordinate)")
        } catch {
            #expect(error.message == "Syntax Error: " + message)
            #expect(error.location == SourceLocation(line: 1, column: column))
        }
    }

    /// The schema of the specification's examples, with a union and a scalar besides.
    static func schema() throws -> Schema {
        try Schema(
            Document(
                parsing: """
                    directive @private(scope: String!) on FIELD_DEFINITION
                    scalar DateTime
                    input ReviewInput { content: String author: String businessId: String }
                    interface Address { city: String }
                    type Business implements Address {
                      id: ID
                      city: String
                      email: String @private(scope: "loggedIn")
                      opened: DateTime
                    }
                    union Result = Business
                    enum SearchFilter { OPEN_NOW DELIVERS_TAKEOUT VEGETARIAN_MENU }
                    type Query { searchBusiness(criteria: [SearchFilter!]!): [Result] }
                    type Mutation { addReview(input: ReviewInput!): Boolean }
                    """))
    }

    @Test(arguments: [
        ("Business", "type Business"),
        ("DateTime", "type DateTime"),
        ("Result", "type Result"),
        ("String", "type String"),
        ("Missing", nil),
        ("Business.city", "field Business.city"),
        ("Address.city", "field Address.city"),
        ("Business.missing", nil),
        ("Business.__typename", nil),
        ("ReviewInput.author", "input field ReviewInput.author"),
        ("ReviewInput.missing", nil),
        ("SearchFilter.OPEN_NOW", "enum value SearchFilter.OPEN_NOW"),
        ("SearchFilter.MISSING", nil),
        ("Query.searchBusiness(criteria:)", "argument Query.searchBusiness(criteria:)"),
        ("Query.searchBusiness(missing:)", nil),
        ("@private", "directive private"),
        ("@missing", nil),
        ("@private(scope:)", "argument @private(scope:)"),
        ("@private(missing:)", nil),
        ("@deprecated(reason:)", "argument @deprecated(reason:)"),
        ("__Type.fields(includeDeprecated:)", "argument __Type.fields(includeDeprecated:)"),
    ])
    func `a coordinate names at most one element`(text: String, element: String?) throws {
        let schema = try Self.schema()
        let coordinate = try SchemaCoordinate(parsing: text)
        #expect(try schema.resolve(coordinate)?.shown == element)
        #expect(schema.contains(coordinate) == (element != nil))
    }

    @Test(arguments: [
        ("Missing.field", "Expected \"Missing\" to be defined as a type in the schema."),
        ("Missing.field(arg:)", "Expected \"Missing\" to be defined as a type in the schema."),
        ("Result.field", "Expected \"Result\" to be an Enum, Input Object, Object or Interface type."),
        ("DateTime.field", "Expected \"DateTime\" to be an Enum, Input Object, Object or Interface type."),
        ("ReviewInput.author(arg:)", "Expected \"ReviewInput\" to be an object type or interface type."),
        ("Query.missing(arg:)", "Expected \"missing\" to exist as a field of type \"Query\" in the schema."),
        ("@missing(arg:)", "Expected \"missing\" to be defined as a directive in the schema."),
    ])
    func `a coordinate whose container is missing is an error`(text: String, message: String) throws {
        let schema = try Self.schema()
        let coordinate = try SchemaCoordinate(parsing: text)
        #expect(throws: GraphQLError(message)) { try schema.resolve(coordinate) }
        #expect(!schema.contains(coordinate))
    }

    @Test func `a coordinate knows what it is part of`() {
        let argument = SchemaCoordinate.argument(type: "A", field: "b", name: "c")
        #expect(argument.parent == .member(type: "A", name: "b"))
        #expect(argument.parent?.parent == .type("A"))
        #expect(argument.parent?.parent?.parent == nil)
        #expect(SchemaCoordinate.directiveArgument(directive: "a", name: "b").parent == .directive("a"))
        #expect(SchemaCoordinate.directive("a").parent == nil)
    }
}

extension SchemaElement {
    fileprivate var shown: String {
        switch self {
        case .namedType(let type): "type \(type.name)"
        case .field(let type, let field): "field \(type.name).\(field.name)"
        case .inputField(let type, let field): "input field \(type.name).\(field.name)"
        case .enumValue(let type, let value): "enum value \(type.name).\(value.name)"
        case .fieldArgument(let type, let field, let argument):
            "argument \(type.name).\(field.name)(\(argument.name):)"
        case .directive(let directive): "directive \(directive.name)"
        case .directiveArgument(let directive, let argument): "argument @\(directive.name)(\(argument.name):)"
        }
    }
}
