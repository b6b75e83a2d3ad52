/// Why two fields with the same response name can't be merged.
///
/// Spec: 5.3.2 Field Selection Merging
struct FieldConflict {
    indirect enum Reason {
        case differentFields(NameID, NameID)
        case differentArguments
        case differentTypes(TypeReference, TypeReference)
        case subfields([FieldConflict])
    }

    let responseName: NameID
    let reason: Reason
    /// The fields of the one side and of the other: both fields themselves, then those of conflicting subfields.
    let left: [Index<SelectionNode>]
    let right: [Index<SelectionNode>]
}

/// Finds the conflicts of a document pair by pair, each where graphql-js finds it and in the same words.
///
/// It compares every two fields that can meet, directly or through fragments, so it is asked only about documents that
/// have conflicts, and gives up after a number of steps.
///
/// Spec: 5.3.2 FieldsInSetCanMerge()
struct FieldConflicts {
    /// How many comparisons are made before giving up.
    private static let maximumSteps = 200_000
    /// For how many comparisons of fields others count.
    private static let stepsPerFragmentPair = 10
    private static let stepsPerSelectionSetPair = 3
    /// For how many comparisons a conflict counts: it takes room in the response, and more with long names.
    private static let stepsPerConflict = 20
    private static let bytesPerStep = 16
    /// How many names are looked up in a comparison's time.
    private static let lookupsPerStep = 4
    /// How deep comparisons may be nested before giving up.
    private static let maximumDepth = 300

    private let document: Document
    private let facts: SchemaFacts
    private let binding: DocumentBinding
    private let fragmentNamed: FragmentTable
    private let maximumConflicts: Int
    private var arguments: ArgumentIdentities
    /// The fields of selection sets by where these begin, and of fragments.
    private var collected: [UInt32: CollectedFields] = [:]
    private var collectedFragments: ContiguousArray<CollectedFields?>
    private var classes: [FieldClass: Int32] = [:]
    /// Pairs of fragments, and whether they were compared as such that exclude each other.
    private var comparedFragments: [UInt64: Bool] = [:]
    private var steps = 0
    private var depth = 0
    /// Whether it gave up.
    private(set) var isExhausted = false

    /// The fields of a selection set by response name in order of first occurrence, those of inline fragments included,
    /// and the names of the fragments it spreads.
    private final class CollectedFields {
        var groups: [Group] = []
        var groupNamed: [NameID: Int] = [:]
        var fragments: [NameID] = []

        subscript(name: NameID) -> Group? { groupNamed[name].map { groups[$0] } }
    }

    /// The fields of a selection set with the same response name.
    private struct Group {
        let name: NameID
        var fields: [Index<SelectionNode>] = []
        /// The class of each field, and where the next of another class stands.
        var classes: [Int32] = []
        var nextOfOtherClass: [Int] = []

        /// Calls `body` with the positions from `start` on, but those of fields of a class that can't conflict.
        func forEach(from start: Int, exceptClass excepted: Int32, _ body: (Int) -> Bool) {
            var position = start
            while position < fields.count {
                if classes[position] == excepted {
                    position = nextOfOtherClass[position]
                } else {
                    guard body(position) else { return }
                    position += 1
                }
            }
        }
    }

    /// What fields without selection sets must have in common so that no two of them conflict.
    private struct FieldClass: Hashable {
        let name: NameID
        let arguments: Int32
        /// Fields of different types may share it: `id`, for one.
        let type: TypeReference?
        /// Fields with a selection set: the field itself.
        let field: Index<SelectionNode>?
    }

    init(_ context: borrowing ValidationContext) {
        document = context.document
        facts = context.facts
        binding = context.binding
        fragmentNamed = context.fragmentNamed
        maximumConflicts = context.limits.validationErrors ?? .max
        arguments = ArgumentIdentities(document)
        collectedFragments = ContiguousArray(repeating: nil, count: document.fragments.count)
    }

    /// The conflicts within one selection set, nested ones as parts of those around them.
    mutating func conflicts(within selectionSet: NodeRange<SelectionNode>) -> [FieldConflict] {
        var conflicts: [FieldConflict] = []
        let fields = collect(selectionSet)
        for group in fields.groups {
            for (position, left) in group.fields.enumerated() where conflicts.count <= maximumConflicts {
                group.forEach(from: position + 1, exceptClass: group.classes[position]) { other in
                    compare(group.name, left, group.fields[other], areExclusive: false, &conflicts)
                    return !isExhausted
                }
            }
        }
        for (position, fragment) in fields.fragments.enumerated() {
            compare(fields, withFragment: fragment, areExclusive: false, &conflicts)
            for other in fields.fragments[(position + 1)...] {
                guard !isExhausted else { return conflicts }
                compareFragments(fragment, other, areExclusive: false, &conflicts)
            }
        }
        return conflicts
    }

    // MARK: Comparing

    /// Counts a step, or several.
    ///
    /// - Returns: whether they may be made.
    private mutating func step(_ count: Int = 1) -> Bool {
        steps += count
        if steps > Self.maximumSteps || depth > Self.maximumDepth { isExhausted = true }
        return !isExhausted
    }

    private mutating func compare(
        _ left: CollectedFields, withFragment name: NameID, areExclusive: Bool, _ conflicts: inout [FieldConflict]
    ) {
        guard step(), let right = collect(fragment: name), left !== right else { return }
        compare(left, right, areExclusive: areExclusive, &conflicts)
        depth += 1
        defer { depth -= 1 }
        for nested in right.fragments {
            guard markCompared(nested, name, areExclusive: areExclusive) else { continue }
            compare(left, withFragment: nested, areExclusive: areExclusive, &conflicts)
        }
    }

    private mutating func compareFragments(
        _ leftName: NameID, _ rightName: NameID, areExclusive: Bool, _ conflicts: inout [FieldConflict]
    ) {
        guard step(Self.stepsPerFragmentPair), leftName != rightName,
            markCompared(leftName, rightName, areExclusive: areExclusive),
            let left = collect(fragment: leftName), let right = collect(fragment: rightName)
        else { return }
        compare(left, right, areExclusive: areExclusive, &conflicts)
        depth += 1
        defer { depth -= 1 }
        for nested in right.fragments { compareFragments(leftName, nested, areExclusive: areExclusive, &conflicts) }
        for nested in left.fragments { compareFragments(nested, rightName, areExclusive: areExclusive, &conflicts) }
    }

    /// Compares the fields of two selection sets, not those of fragments they spread.
    private mutating func compare(
        _ left: CollectedFields, _ right: CollectedFields, areExclusive: Bool, _ conflicts: inout [FieldConflict]
    ) {
        for (group, rightGroup) in sharedGroups(left, right) {
            for (position, leftField) in group.fields.enumerated() where !isExhausted {
                rightGroup.forEach(from: 0, exceptClass: group.classes[position]) { other in
                    compare(
                        group.name, leftField, rightGroup.fields[other], areExclusive: areExclusive, &conflicts)
                    return !isExhausted
                }
            }
        }
    }

    /// The groups that both have, in the order of those on the left: found by the names of the side that has fewer.
    private mutating func sharedGroups(_ left: CollectedFields, _ right: CollectedFields) -> [(Group, Group)] {
        guard !left.groups.isEmpty, !right.groups.isEmpty else { return [] }
        steps += min(left.groups.count, right.groups.count) / Self.lookupsPerStep
        guard right.groups.count < left.groups.count else {
            return left.groups.compactMap { group in right[group.name].map { (group, $0) } }
        }
        return right.groups.compactMap { left.groupNamed[$0.name] }.sorted().compactMap { position in
            let group = left.groups[position]
            return right[group.name].map { (group, $0) }
        }
    }

    /// Compares two fields; `areExclusive` when they can't both apply to the same object.
    private mutating func compare(
        _ responseName: NameID, _ left: Index<SelectionNode>, _ right: Index<SelectionNode>, areExclusive: Bool,
        _ conflicts: inout [FieldConflict]
    ) {
        guard step() else { return }
        func conflict(_ reason: FieldConflict.Reason) {
            steps += Self.stepsPerConflict + (length(of: responseName) + length(of: reason)) / Self.bytesPerStep
            conflicts.append(FieldConflict(responseName: responseName, reason: reason, left: [left], right: [right]))
        }
        let areExclusive = areExclusive || haveExclusiveParents(left, right)
        let (leftNode, rightNode) = (document[left], document[right])
        if !areExclusive {
            guard leftNode.name.id == rightNode.name.id else {
                return conflict(.differentFields(leftNode.name.id, rightNode.name.id))
            }
            guard arguments.areEqual(left, right) else { return conflict(.differentArguments) }
        }
        if let leftType = type(of: left), let rightType = type(of: right),
            !facts.haveSameShape(leftType, rightType)
        {
            return conflict(.differentTypes(leftType, rightType))
        }
        guard leftNode.hasSelectionSet, rightNode.hasSelectionSet else { return }
        let subconflicts = compareSelectionSets(of: left, right, areExclusive: areExclusive)
        guard !subconflicts.isEmpty else { return }
        conflicts.append(
            FieldConflict(
                responseName: responseName,
                reason: .subfields(subconflicts),
                left: [left] + subconflicts.flatMap(\.left),
                right: [right] + subconflicts.flatMap(\.right)))
        steps += subconflicts.reduce(length(of: responseName) / Self.bytesPerStep) { $0 + $1.left.count }
    }

    private func length(of name: NameID) -> Int { document.names.spelling(of: name).count }

    private func length(of reason: FieldConflict.Reason) -> Int {
        guard case .differentFields(let left, let right) = reason else { return 0 }
        return length(of: left) + length(of: right)
    }

    private mutating func compareSelectionSets(
        of left: Index<SelectionNode>, _ right: Index<SelectionNode>, areExclusive: Bool
    ) -> [FieldConflict] {
        guard step(Self.stepsPerSelectionSetPair) else { return [] }
        depth += 1
        defer { depth -= 1 }
        var conflicts: [FieldConflict] = []
        let leftFields = collect(document.selectionSet(of: left))
        let rightFields = collect(document.selectionSet(of: right))
        compare(leftFields, rightFields, areExclusive: areExclusive, &conflicts)
        for fragment in rightFields.fragments {
            compare(leftFields, withFragment: fragment, areExclusive: areExclusive, &conflicts)
        }
        for fragment in leftFields.fragments {
            compare(rightFields, withFragment: fragment, areExclusive: areExclusive, &conflicts)
        }
        for leftFragment in leftFields.fragments {
            for rightFragment in rightFields.fragments {
                guard !isExhausted else { return conflicts }
                compareFragments(leftFragment, rightFragment, areExclusive: areExclusive, &conflicts)
            }
        }
        return conflicts
    }

    private func haveExclusiveParents(_ left: Index<SelectionNode>, _ right: Index<SelectionNode>) -> Bool {
        guard let leftParent = binding.parentType(of: left),
            let rightParent = binding.parentType(of: right), leftParent != rightParent
        else { return false }
        return facts.isObject(leftParent) && facts.isObject(rightParent)
    }

    private func type(of field: Index<SelectionNode>) -> TypeReference? {
        binding.definition(of: field).map { facts.fields[$0.position].type }
    }

    /// Notes that two fragments are compared; false when they were already. What could meet was compared more strictly
    /// than what excludes each other.
    private mutating func markCompared(_ left: NameID, _ right: NameID, areExclusive: Bool) -> Bool {
        let pair = UInt64(min(left.rawValue, right.rawValue)) << 32 | UInt64(max(left.rawValue, right.rawValue))
        guard let wereExclusive = comparedFragments.updateValue(areExclusive, forKey: pair) else { return true }
        if wereExclusive, !areExclusive { return true }
        comparedFragments[pair] = wereExclusive
        return false
    }

    // MARK: Collecting

    private mutating func collect(fragment name: NameID) -> CollectedFields? {
        guard let fragment = fragmentNamed[name.position] else { return nil }
        if let known = collectedFragments[fragment.position] { return known }
        let fields = collect(document[fragment].selectionSet)
        collectedFragments[fragment.position] = fields
        return fields
    }

    private mutating func collect(_ selectionSet: NodeRange<SelectionNode>) -> CollectedFields {
        if let known = collected[selectionSet.lower] { return known }
        let fields = CollectedFields()
        var spread: Set<NameID> = []
        var position = Int(selectionSet.lower)
        while position < Int(selectionSet.upper) {
            let node = document.selections[position]
            let index = Index<SelectionNode>(position)
            position = node.kind == .inlineFragment ? position + 1 : Int(node.next)
            switch node.kind {
            case .field:
                if let group = fields.groupNamed[node.responseName] {
                    fields.groups[group].fields.append(index)
                } else {
                    fields.groupNamed[node.responseName] = fields.groups.count
                    fields.groups.append(Group(name: node.responseName, fields: [index]))
                }
            case .fragmentSpread:
                if spread.insert(node.name.id).inserted { fields.fragments.append(node.name.id) }
            case .inlineFragment: break  // Its selections come next.
            }
        }
        for group in fields.groups.indices { classify(&fields.groups[group]) }
        collected[selectionSet.lower] = fields
        return fields
    }

    private mutating func classify(_ group: inout Group) {
        for field in group.fields {
            let node = document[field]
            let key = FieldClass(
                name: node.name.id, arguments: arguments.number(field),
                type: type(of: field), field: node.hasSelectionSet ? field : nil)
            let number = classes[key] ?? Int32(classes.count)
            classes[key] = number
            group.classes.append(number)
        }
        group.nextOfOtherClass = Array(1...group.fields.count)
        for position in group.fields.indices.dropLast().reversed()
        where group.classes[position] == group.classes[position + 1] {
            group.nextOfOtherClass[position] = group.nextOfOtherClass[position + 1]
        }
    }
}
