// Arguments, directives, values and type references. Spec: 2.6, 2.9, 2.11, 2.13
extension Parser {
    /// Arguments : ( Argument+ )
    ///
    /// Argument : Name : Value
    @inline(__always)
    mutating func parseArguments(isConstant: Bool) throws(SyntaxError) -> NodeRange<ArgumentNode> {
        guard next("(") else { return .empty }
        let lower = UInt32(nodes.arguments.count)
        try advance(to: position + 1)
        repeat {
            let name = try parseName()
            try expect(":")
            let value = try parseValue(isConstant: isConstant)
            nodes.arguments.append(ArgumentNode(name: name, value: value))
        } while try !skip(")")
        return NodeRange(lower, UInt32(nodes.arguments.count))
    }

    /// Directives : Directive+
    ///
    /// Directive : @ Name Arguments?
    @inline(__always)
    mutating func parseDirectives(isConstant: Bool) throws(SyntaxError) -> NodeRange<DirectiveNode> {
        guard next("@") else { return .empty }
        let lower = UInt32(nodes.directives.count)
        repeat {
            let offset = UInt32(position)
            try advance(to: position + 1)
            let name = try parseName()
            let arguments = try parseArguments(isConstant: isConstant)
            nodes.directives.append(DirectiveNode(name: name, arguments: arguments, offset: offset))
        } while next("@")
        return NodeRange(lower, UInt32(nodes.directives.count))
    }

    /// DefaultValue : = Value[Const]
    mutating func parseDefaultValue() throws(SyntaxError) -> Index<ValueNode>? {
        guard try skip("=") else { return nil }
        return try parseValue(isConstant: true)
    }

    /// Description : StringValue
    mutating func parseDescription() throws(SyntaxError) -> Index<ValueNode>? {
        guard next("\"") else { return nil }
        let description = Index<ValueNode>(nodes.values.count)
        try parseString(fieldName: .none)
        return description
    }

    /// Value : Variable | IntValue | FloatValue | StringValue | BooleanValue | NullValue | EnumValue | ListValue |
    ///   ObjectValue
    ///
    /// While a list or object is open, its `next` holds the one around it, so that the nodes are their own stack.
    mutating func parseValue(isConstant: Bool) throws(SyntaxError) -> Index<ValueNode> {
        let root = Index<ValueNode>(nodes.values.count)
        let none = UInt32.max
        var open = none
        var depth = 0
        var fieldName = NameNode.none
        while true {
            if next("[") || next("{") {
                let kind: ValueNode.Kind = next("[") ? .list : .object
                depth += 1
                guard depth <= limits.maximumDepth else { throw tooDeep() }
                let value = UInt32(nodes.values.count)
                appendValue(kind, end: position, fieldName: fieldName, next: open)
                open = value
                try advance(to: position + 1)
            } else {
                try parseScalar(isConstant: isConstant, fieldName: fieldName)
            }
            // Close what ends here, then go on in what is still open.
            while open != none {
                let isList = nodes.values[Int(open)].kind == .list
                guard next(isList ? "]" : "}") else { break }
                let outer = nodes.values[Int(open)].next
                nodes.values[Int(open)].end = UInt32(position + 1)
                nodes.values[Int(open)].next = UInt32(nodes.values.count)
                open = outer
                depth -= 1
                try advance(to: position + 1)
            }
            guard open != none else { return root }
            fieldName = .none
            if nodes.values[Int(open)].kind == .object {
                fieldName = try parseName()
                try expect(":")
            }
        }
    }

    /// Reads a value without others in it.
    @inline(__always)
    private mutating func parseScalar(isConstant: Bool, fieldName: NameNode) throws(SyntaxError) {
        switch scanner[position] {
        case UInt8(ascii: "\""):
            try parseString(fieldName: fieldName)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            let (end, isFloat) = try scanner.number(at: position)
            appendValue(isFloat ? .float : .int, end: end, fieldName: fieldName)
            try advance(to: end)
        case UInt8(ascii: "$"):
            try parseVariable(isConstant: isConstant, fieldName: fieldName)
        case _ where scanner.isNameStart(position):
            let name = scanner.name(at: position)
            let kind: ValueNode.Kind =
                switch Keyword(name, in: scanner.source) {
                case .true, .false: .boolean
                case .null: .null
                default: .enum
                }
            let end = position + Int(name.length)
            appendValue(kind, end: end, name: nodes.names.intern(name), fieldName: fieldName)
            try advance(to: end)
        default:
            throw unexpected()
        }
    }

    /// Variable : $ Name
    private mutating func parseVariable(isConstant: Bool, fieldName: NameNode) throws(SyntaxError) {
        let start = position
        try advance(to: start + 1)
        guard !isConstant || !scanner.isNameStart(position) else {
            let name = scanner.text(at: position, length: Int(scanner.name(at: position).length))
            throw scanner.error("Unexpected variable \"$\(name)\" in constant value.", at: start)
        }
        guard !isConstant else { throw unexpected(at: start) }
        guard scanner.isNameStart(position) else { throw expected("Name") }
        let name = scanner.name(at: position)
        let end = position + Int(name.length)
        let id = nodes.names.intern(name)
        appendValue(.variable, start: start, end: end, name: id, fieldName: fieldName)
        try advance(to: end)
    }

    private mutating func parseString(fieldName: NameNode) throws(SyntaxError) {
        let (end, isBlock) = try scanner.string(at: position)
        appendValue(isBlock ? .blockString : .string, end: end, fieldName: fieldName)
        try advance(to: end)
    }

    /// Appends the value that begins with the next token, or at `start`.
    @inline(__always)
    private mutating func appendValue(
        _ kind: ValueNode.Kind,
        start: Int? = nil,
        end: Int,
        name: NameID = .none,
        fieldName: NameNode,
        next: UInt32? = nil
    ) {
        let value = ValueNode(
            kind: kind,
            offset: UInt32(start ?? position),
            end: UInt32(end),
            name: name,
            fieldName: fieldName,
            next: next ?? UInt32(nodes.values.count + 1)
        )
        nodes.values.append(value)
    }

    /// Type : Name | [ Type ] | Name ! | [ Type ] !
    ///
    /// The brackets on the left come first, but what is not null is known only on the right.
    mutating func parseType() throws(SyntaxError) -> Index<TypeNode> {
        let root = nodes.types.count
        guard next("[") else {
            let name = try parseName()
            if try skip("!") { nodes.types.append(TypeNode(kind: .nonNull, name: .none, offset: name.offset)) }
            nodes.types.append(TypeNode(kind: .named, name: name.id, offset: name.offset))
            return Index(root)
        }
        while next("[") {
            guard nodes.types.count - root < limits.maximumDepth else { throw tooDeep() }
            nodes.types.append(TypeNode(kind: .list, name: .none, offset: UInt32(position)))
            try advance(to: position + 1)
        }
        let name = try parseName()
        nodes.types.append(TypeNode(kind: .named, name: name.id, offset: name.offset))
        // From the inside to the outside, so that the positions still to come stay valid.
        var nullable = nodes.types.count - 1
        if try skip("!") { insertNonNull(at: nullable) }
        while nullable > root {
            nullable -= 1
            try expect("]")
            if try skip("!") { insertNonNull(at: nullable) }
        }
        return Index(root)
    }

    /// Makes the type at `position` one that is not null.
    private mutating func insertNonNull(at position: Int) {
        let offset = nodes.types[position].offset
        nodes.types.insert(TypeNode(kind: .nonNull, name: .none, offset: offset), at: position)
    }
}

extension NameNode {
    /// Stands for the name of a value that is no field of an object.
    fileprivate static var none: NameNode { NameNode(id: .none, offset: 0) }
}
