/// What the rules about type-system definitions know, and what they found.
///
/// Several documents may make up one schema. A rule is a method in a file of its own; it goes through the definitions of
/// all of them, in order. All work is in proportion to the documents.
///
/// Spec: 3 Type System
struct SDLValidationContext {
    let documents: [Document]
    /// The schema that the documents extend; nil when they are to be one of their own.
    let schema: Schema?
    /// What a directive may be given and where it may stand, by its name: the schema's or the specified ones, and the
    /// documents' own.
    let knownDirectives: [String: KnownDirective]
    /// The types that the documents define, by name; of several the last.
    let definedTypes: [String: SourceNode<TypeDefinitionNode>]
    /// Every place that has directives.
    let directivePlaces: [DirectivePlace]
    private(set) var errors: [SchemaError] = []
    private let rules: Set<SDLRule>
    private var optionCount = 0

    init(_ documents: [Document], extending schema: Schema?, rules: Set<SDLRule>) {
        self.documents = documents
        self.schema = schema
        self.rules = rules
        knownDirectives = SDLValidationContext.knownDirectives(documents, schema)
        var definedTypes: [String: SourceNode<TypeDefinitionNode>] = [:]
        for document in documents {
            for node in document.typeDefinitions where !node.isExtension {
                definedTypes[document.name(node.name.id)] = SourceNode(document, node)
            }
        }
        self.definedTypes = definedTypes
        directivePlaces = documents.flatMap { $0.directivePlaces }
    }

    /// Every rule that is wanted, once.
    mutating func validate() {
        loneSchemaDefinition()
        uniqueOperationTypes()
        uniqueTypeNames()
        uniqueEnumValueNames()
        uniqueFieldDefinitionNames()
        uniqueArgumentDefinitionNames()
        uniqueDirectiveNames()
        knownTypeNames()
        checkKnownDirectives()
        uniqueDirectivesPerLocation()
        possibleTypeExtensions()
        knownArgumentNamesOnDirectives()
        uniqueArgumentNames()
        uniqueInputFieldNames()
        providedRequiredArgumentsOnDirectives()
    }

    // MARK: Reporting

    /// Whether errors of this rule are still taken.
    func wants(_ rule: SDLRule) -> Bool { rules.contains(rule) && errors.count <= SchemaErrors.maximum }

    /// Takes an error, with its places in the order in which they are to be reported.
    mutating func report(_ rule: SDLRule, _ message: String, at places: SourcePlace...) {
        report(rule, message, at: places)
    }

    mutating func report(_ rule: SDLRule, _ message: String, at places: [SourcePlace]) {
        if wants(rule) { errors.append(SchemaError(message, places)) }
    }

    /// How many names are looked at for suggestions: many misspelt names in a large schema get none.
    private static let maximumOptions = 100_000

    /// ` Did you mean …?` with the names that are close to a misspelt one; empty when there is none.
    mutating func suggestion(for name: String, among options: [String]) -> String {
        optionCount += options.count
        return optionCount > Self.maximumOptions ? "" : didYouMean(suggestionList(name, options))
    }

    // MARK: Going through the documents

    /// Type definitions and extensions of every kind, in order.
    var typeNodes: some Sequence<SourceNode<TypeDefinitionNode>> {
        documents.lazy.flatMap { document in document.typeDefinitions.lazy.map { SourceNode(document, $0) } }
    }

    var schemaNodes: some Sequence<SourceNode<SchemaDefinitionNode>> {
        documents.lazy.flatMap { document in document.schemaDefinitions.lazy.map { SourceNode(document, $0) } }
    }

    var directiveNodes: some Sequence<SourceNode<DirectiveDefinitionNode>> {
        documents.lazy.flatMap { document in document.directiveDefinitions.lazy.map { SourceNode(document, $0) } }
    }

    private static func knownDirectives(_ documents: [Document], _ schema: Schema?) -> [String: KnownDirective] {
        var known: [String: KnownDirective] = [:]
        for definition in (schema ?? Schema.builtIn).directives {
            known[definition.name] = KnownDirective(
                arguments: definition.arguments.map {
                    .init(
                        name: $0.name, typeName: (schema ?? Schema.builtIn).name(of: $0.type), isRequired: $0.isRequired
                    )
                },
                locations: Set(definition.locations.map(\.rawValue)),
                isRepeatable: definition.isRepeatable)
        }
        for document in documents {
            for node in document.directiveDefinitions {
                known[document.name(node.name.id)] = KnownDirective(
                    arguments: document[node.arguments].map { argument in
                        .init(
                            name: document.name(argument.name.id),
                            typeName: Printer.print(argument.type, of: document),
                            isRequired: document[argument.type].kind == .nonNull && argument.defaultValue == nil)
                    },
                    locations: Set(document[node.locations].map { document.name($0.name.id) }),
                    isRepeatable: node.isRepeatable)
            }
        }
        return known
    }
}

/// A node and the document that it is in.
struct SourceNode<Node> {
    let document: Document
    let node: Node

    init(_ document: Document, _ node: Node) {
        self.document = document
        self.node = node
    }
}

/// What the rules about directives need to know of one.
struct KnownDirective {
    struct Argument {
        let name: String
        /// As the language writes it.
        let typeName: String
        let isRequired: Bool
    }

    let arguments: [Argument]
    let argumentNames: Set<String>
    /// By their names, since a document may name one that doesn't exist.
    let locations: Set<String>
    let isRepeatable: Bool

    init(arguments: [Argument], locations: Set<String>, isRepeatable: Bool) {
        self.arguments = arguments
        argumentNames = Set(arguments.map(\.name))
        self.locations = locations
        self.isRepeatable = isRepeatable
    }
}
