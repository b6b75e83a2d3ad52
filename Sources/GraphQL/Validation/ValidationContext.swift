/// What the rules know of a document, and what they found.
///
/// Rules are methods in files of their own. Those about a node are called while the document is walked, once, over its
/// flat arrays; what the walk learns on the way (which definition a field has, which fragments and variables a
/// definition uses) is kept for the rules that come after it.
///
/// Spec: 5 Validation
struct ValidationContext: ~Copyable {
    /// After so many places no further error is reported: one error can have as many as the document has nodes.
    static let maximumLocations = 10_000
    /// And after so many bytes of messages: a long name can be in each.
    static let maximumMessageBytes = 1 << 20
    /// How many selections and variables may be looked at again for each operation that spreads their fragments.
    static let maximumSharedSteps = 300_000
    /// How many names are looked at for suggestions: many misspelt names in a large schema get none.
    private static let maximumOptions = 30_000

    let schema: Schema
    let facts: SchemaFacts
    let document: Document
    /// The schema's names for those of the document.
    let names: DocumentNames
    /// How scalar types accept literals, by the position of the type.
    let scalars: ContiguousArray<Scalar>
    let limits: Limits
    var findings: ValidationFindings

    /// The fragment that a name stands for, or nil, by the name's position.
    let fragmentNamed: FragmentTable
    /// What the walk finds out about each selection.
    var binding: DocumentBinding
    /// The types of all variables; nil where there is no such type.
    var variableTypes: ContiguousArray<TypeReference?> = []
    /// The `@oneOf` objects that were found to have a nullable variable, whichever operation comes by.
    var nullableOneOfs: Set<Index<ValueNode>> = []
    /// The fields `__schema` and `__type` of query roots.
    var introspectionFields: ContiguousArray<Index<SelectionNode>> = []
    /// All fragment spreads and uses of variables, those of one definition together.
    var spreads: ContiguousArray<Index<SelectionNode>> = []
    var variableUsages: ContiguousArray<VariableUsage> = []
    /// Which of them belong to each operation, and to each fragment.
    var operationUsages: ContiguousArray<DefinitionUsages>
    var fragmentUsages: ContiguousArray<DefinitionUsages>

    /// How many were, over all operations together.
    private var sharedSteps = 0
    /// How many names were looked at for suggestions.
    private var optionCount = 0

    /// Where the directives may stand that the document defines itself, though it may not: a bit for each location.
    let ownDirectives: [NameID: UInt32]

    /// Marks the names met in some small scope: those that hold the present `mark`. Empty before the first.
    private var marks: ContiguousArray<UInt32> = []
    private var mark: UInt32 = 0
    /// Kept between values to save allocations.
    var openValues: ContiguousArray<OpenValue> = []

    init(
        _ schema: Schema, _ document: Document, scalars: ContiguousArray<Scalar>, rules: ValidationRules,
        limits: Limits
    ) {
        self.schema = schema
        facts = schema.facts
        self.limits = limits
        self.document = document
        self.scalars = scalars
        names = schema.names(of: document)
        findings = ValidationFindings(rules, maximumErrors: limits.validationErrors ?? .max)
        fragmentNamed = FragmentTable(document)
        binding = DocumentBinding(selectionCount: document.selections.count)
        operationUsages = ContiguousArray(filledWith: DefinitionUsages(), count: document.operations.count)
        fragmentUsages = ContiguousArray(filledWith: DefinitionUsages(), count: document.fragments.count)
        var ownDirectives: [NameID: UInt32] = [:]
        for directive in document.directiveDefinitions {
            ownDirectives[directive.name.id] = directive.locationBits(in: document)
        }
        self.ownDirectives = ownDirectives
    }

    // MARK: Reporting

    func wants(_ rule: ValidationRule) -> Bool { findings.wants(rule) }

    mutating func report(_ rule: ValidationRule, _ message: String, at offsets: UInt32...) {
        findings.report(rule, message, at: offsets)
    }

    mutating func report(_ rule: ValidationRule, _ message: String, at offsets: [UInt32]) {
        findings.report(rule, message, at: offsets)
    }

    /// Counts what is looked at for one operation.
    ///
    /// - Returns: whether there may be more operations. If not, that is reported.
    mutating func countSharedSteps(_ count: Int, _ operation: OperationDefinitionNode, for rule: ValidationRule) -> Bool
    {
        sharedSteps += count
        guard sharedSteps > Self.maximumSharedSteps else { return true }
        report(rule, "The operations of this document share too many fragments.", at: operation.offset)
        return false
    }

    /// Names that are close to a misspelt one.
    mutating func suggestions(for name: String, among options: [String]) -> [String] {
        optionCount += options.count
        return optionCount > Self.maximumOptions ? [] : suggestionList(name, options)
    }

    // MARK: Marks

    /// Forgets all marked names.
    mutating func beginMarking() {
        if marks.isEmpty { marks = ContiguousArray(filledWith: 0, count: document.names.count) }
        mark += 1
    }

    /// Marks a name; false when it is marked already.
    mutating func insertMark(_ name: NameID) -> Bool {
        if marks[name.position] == mark { return false }
        marks[name.position] = mark
        return true
    }

    func isMarked(_ name: NameID) -> Bool { marks[name.position] == mark }

    /// The names that occur more than once, in order of their first occurrence.
    mutating func repeatedNames(_ names: some Sequence<NameID>) -> [NameID] {
        beginMarking()
        var repeated: Set<NameID> = []
        for name in names where !insertMark(name) { repeated.insert(name) }
        return repeated.isEmpty ? [] : names.filter { repeated.remove($0) != nil }
    }

    // MARK: Asking

    func name(_ id: NameID) -> String { document.name(id) }
    func typeName(_ id: TypeID) -> String { schema.types[id.position].name }

    /// The composite type of this name; nil for another kind or an unknown name.
    func compositeType(named name: NameID) -> TypeID? {
        guard let type = schema.type(named: names[name]), facts.types[type.position].isComposite else { return nil }
        return type
    }

    /// The type that a type node names; nil when the schema has none of that name, or for too many wrappers.
    func type(_ index: Index<TypeNode>) -> TypeReference? {
        var named = index.position
        while document.types[named].kind != .named { named += 1 }
        guard let id = schema.type(named: names[document.types[named].name]) else { return nil }
        var wrappers = TypeWrappers.none
        for position in (index.position..<named).reversed() {
            let wrapped = document.types[position].kind == .list ? wrappers.inList : wrappers.inNonNull
            guard let wrapped else { return nil }
            wrappers = wrapped
        }
        return TypeReference(id, wrappers)
    }
}
