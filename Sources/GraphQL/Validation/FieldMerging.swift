/// Decides whether all fields of a document can be merged, by sets instead of pairs.
///
/// A *set* is an operation, a fragment, or the children of all fields that are merged into one. Its fields are grouped
/// by response name; within a group each field is held against the first, not against every other, and the children of
/// the group are a set of their own. A set that was met before is not looked at again. So the work grows with the
/// document, whatever the number of fields that share a name; documents made to defeat that end the budget.
///
/// Spec: 5.3.2 Field Selection Merging, FieldsInSetCanMerge(), SameResponseShape()
struct FieldMerging: ~Copyable {
    enum Verdict {
        case mergeable
        /// Two fields that can't be merged.
        case conflict(FieldConflict)
        /// The budget ended before the answer was known.
        case exhausted
    }

    /// What the fields of a set have in common.
    private enum Mode: UInt32 {
        /// They can be of the same object: they must be mergeable.
        case mergeable = 1
        /// They are of different objects: only their shapes must be the same.
        case sameShape = 2
    }

    private struct FieldSet {
        /// The fields whose children make up the set; empty for `selectionSet`.
        var fields: [Index<SelectionNode>] = []
        var selectionSet = NodeRange<SelectionNode>.empty
        let mode: Mode
    }

    /// The fields of the present set with one response name: a list linked through `fields`.
    private struct Group {
        let first: Int
        var last: Int
        var count = 1
    }

    private struct GroupedField {
        let field: Index<SelectionNode>
        var next = -1
    }

    private let document: Document
    private let facts: SchemaFacts
    private let binding: DocumentBinding
    private let fragmentNamed: FragmentTable
    private let spreads: ContiguousArray<Index<SelectionNode>>
    private var arguments: ArgumentIdentities
    private var remainingSteps: Int
    private var pending: [FieldSet] = []
    private var conflict: FieldConflict?

    /// The sets met before: of single fields by the field, as modes; others with the mode in front.
    private var knownFields: ContiguousArray<UInt32>
    private var knownSets: Set<[UInt32]> = []

    /// Which fragments were part of a set whose fields are mergeable.
    private var isMerged: ContiguousArray<Bool>

    /// The number of the present set, which marks what belongs to it.
    private var setNumber: UInt32 = 0
    private var fragmentMarks: ContiguousArray<UInt32>
    private var nameMarks: ContiguousArray<UInt32>
    private var groupNamed: ContiguousArray<Int32>
    private var groups: ContiguousArray<Group> = []
    private var fields: ContiguousArray<GroupedField> = []

    init(_ context: borrowing ValidationContext) {
        document = context.document
        facts = context.facts
        binding = context.binding
        fragmentNamed = context.fragmentNamed
        spreads = context.spreads
        arguments = ArgumentIdentities(document)
        remainingSteps = 8 * document.selections.count + 100_000
        knownFields = ContiguousArray(filledWith: 0, count: document.selections.count)
        isMerged = ContiguousArray(filledWith: false, count: document.fragments.count)
        fragmentMarks = ContiguousArray(filledWith: 0, count: document.fragments.count)
        nameMarks = ContiguousArray(filledWith: 0, count: document.names.count)
        groupNamed = ContiguousArray(filledWith: 0, count: document.names.count)
    }

    mutating func verdict() -> Verdict {
        for operation in document.operations { enqueue(operation.selectionSet) }
        mergePending()
        // What holds for the fields around a spread holds for the fragment. What remains are unused fragments, first
        // those that no other contains.
        if isMerged.contains(false) { mergeUnused() }
        if let conflict { return .conflict(conflict) }
        return remainingSteps < 0 ? .exhausted : .mergeable
    }

    private mutating func mergeUnused() {
        var isSpread = ContiguousArray(filledWith: false, count: document.fragments.count)
        for spread in spreads {
            if let fragment = fragmentNamed[document.selections[spread.position].name.id.position] {
                isSpread[fragment.position] = true
            }
        }
        for wanted in [false, true] {
            for position in isSpread.indices where !isMerged[position] && isSpread[position] == wanted {
                enqueue(document.fragments[position].selectionSet)
                mergePending()
            }
        }
    }

    private mutating func mergePending() {
        while conflict == nil, remainingSteps >= 0, let set = pending.popLast() {
            collect(set)
            for position in groups.indices { merge(groups[position], set.mode) }
        }
    }

    // MARK: Collecting

    /// Groups the fields of a set, each fragment's once.
    private mutating func collect(_ set: FieldSet) {
        setNumber += 1
        groups.removeAll(keepingCapacity: true)
        fields.removeAll(keepingCapacity: true)
        collect(set.selectionSet, set.mode)
        for field in set.fields { collect(document.selectionSet(of: field), set.mode) }
    }

    private mutating func collect(_ selectionSet: NodeRange<SelectionNode>, _ mode: Mode) {
        let selections = document.selections
        var open: [NodeRange<SelectionNode>] = []
        var range = selectionSet
        while true {
            var position = Int(range.lower)
            while position < Int(range.upper), remainingSteps >= 0 {
                remainingSteps -= 1
                let node = selections[position]
                switch node.kind {
                case .field:
                    append(Index(position), node.responseName)
                    position = Int(node.next)
                case .inlineFragment:
                    position += 1  // Its selections come next.
                case .fragmentSpread:
                    position += 1
                    guard let fragment = fragmentNamed[node.name.id.position],
                        fragmentMarks[fragment.position] != setNumber
                    else { continue }
                    fragmentMarks[fragment.position] = setNumber
                    if mode == .mergeable { isMerged[fragment.position] = true }
                    open.append(document.fragments[fragment.position].selectionSet)
                }
            }
            guard let next = open.popLast() else { return }
            range = next
        }
    }

    private mutating func append(_ field: Index<SelectionNode>, _ name: NameID) {
        let position = fields.count
        fields.append(GroupedField(field: field))
        guard nameMarks[name.position] == setNumber else {
            nameMarks[name.position] = setNumber
            groupNamed[name.position] = Int32(groups.count)
            groups.append(Group(first: position, last: position))
            return
        }
        let group = Int(groupNamed[name.position])
        fields[groups[group].last].next = position
        groups[group].last = position
        groups[group].count += 1
    }

    // MARK: Merging

    private mutating func merge(_ group: Group, _ mode: Mode) {
        guard conflict == nil, remainingSteps >= 0 else { return }
        guard group.count > 1 else {
            let field = fields[group.first].field
            if document.selections[field.position].hasSelectionSet { enqueue(field, mode) }
            return
        }
        var members: [Index<SelectionNode>] = []
        members.reserveCapacity(group.count)
        var position = group.first
        while position >= 0 {
            members.append(fields[position].field)
            position = fields[position].next
        }
        remainingSteps -= members.count
        haveSameShape(members)
        guard mode == .mergeable else { return enqueue(members, .sameShape) }
        guard haveDifferentObjectParents(members) else {
            areSameField(members)
            return enqueue(members, .mergeable)
        }
        // A field of an abstract type can meet those of every object type, which don't meet each other.
        let (abstract, objects) = byObjectParent(members)
        areSameField(abstract)
        let abstractParents = abstract.filter { document.selections[$0.position].hasSelectionSet }
        for fields in objects where remainingSteps >= 0 {
            areSameField(abstract.prefix(1) + fields)
            remainingSteps -= abstractParents.count + fields.count
            enqueue(abstractParents + fields, .mergeable)
        }
        enqueue(members, .sameShape)
    }

    /// The fields of abstract types, and those of each object type.
    private func byObjectParent(
        _ members: [Index<SelectionNode>]
    ) -> (abstract: [Index<SelectionNode>], objects: [[Index<SelectionNode>]]) {
        var abstract: [Index<SelectionNode>] = []
        var objects: [[Index<SelectionNode>]] = []
        var positions: [TypeID: Int] = [:]
        for member in members {
            guard let parent = objectParent(member) else {
                abstract.append(member)
                continue
            }
            if let position = positions[parent] {
                objects[position].append(member)
            } else {
                positions[parent] = objects.count
                objects.append([member])
            }
        }
        return (abstract, objects)
    }

    private func haveDifferentObjectParents(_ members: [Index<SelectionNode>]) -> Bool {
        var first: TypeID?
        for member in members {
            guard let parent = objectParent(member) else { continue }
            if let first, first != parent { return true }
            first = parent
        }
        return false
    }

    /// The type around the field if it is an object type, of which no other object can be.
    private func objectParent(_ field: Index<SelectionNode>) -> TypeID? {
        guard let parent = binding.parentType(of: field), facts.isObject(parent) else { return nil }
        return parent
    }

    /// Spec: 5.3.2 SameResponseShape()
    private mutating func haveSameShape(_ members: [Index<SelectionNode>]) {
        var first: (field: Index<SelectionNode>, type: TypeReference)?
        for member in members {
            guard let definition = binding.definition(of: member) else { continue }
            let type = facts.fields[definition.position].type
            guard let first else {
                first = (member, type)
                continue
            }
            guard facts.haveSameShape(first.type, type) else {
                return note(.differentTypes(first.type, type), first.field, member)
            }
        }
    }

    private mutating func areSameField(_ members: [Index<SelectionNode>]) {
        guard let first = members.first else { return }
        let name = document.selections[first.position].name.id
        for member in members.dropFirst() {
            let otherName = document.selections[member.position].name.id
            guard name == otherName else { return note(.differentFields(name, otherName), first, member) }
            guard arguments.areEqual(first, member) else { return note(.differentArguments, first, member) }
        }
    }

    private mutating func note(
        _ reason: FieldConflict.Reason, _ left: Index<SelectionNode>, _ right: Index<SelectionNode>
    ) {
        let responseName = document.selections[left.position].responseName
        conflict = FieldConflict(responseName: responseName, reason: reason, left: [left], right: [right])
    }

    // MARK: Sets

    private mutating func enqueue(_ selectionSet: NodeRange<SelectionNode>) {
        pending.append(FieldSet(selectionSet: selectionSet, mode: .mergeable))
    }

    /// The children of all these fields are to be merged, unless that is known already.
    private mutating func enqueue(_ members: [Index<SelectionNode>], _ mode: Mode) {
        var parents: [Index<SelectionNode>] = []
        for member in members where document.selections[member.position].hasSelectionSet { parents.append(member) }
        guard let first = parents.first else { return }
        guard parents.count > 1 else { return enqueue(first, mode) }
        let key = parents.map(\.rawValue).sorted()
        // Fields that can be merged have the same shape, too.
        if mode == .sameShape, knownSets.contains(key + [Mode.mergeable.rawValue]) { return }
        guard knownSets.insert(key + [mode.rawValue]).inserted else { return }
        pending.append(FieldSet(fields: parents, mode: mode))
    }

    private mutating func enqueue(_ field: Index<SelectionNode>, _ mode: Mode) {
        let known = knownFields[field.position]
        guard known & (mode.rawValue | Mode.mergeable.rawValue) == 0 else { return }
        knownFields[field.position] |= mode.rawValue
        pending.append(FieldSet(selectionSet: document.selectionSet(of: field), mode: mode))
    }
}
