import GraphQL

/// An operation with the fragments that it uses, cut out of its files.
///
/// The text has the same lines and columns as the whole document, with blanks in place of everything else: places in it
/// are places in the whole. Fragments of the operation's own file come before those of other files with the same name.
struct OperationSlice {
    /// The operation alone with its fragments, ready to be parsed.
    let text: [UInt8]

    init(_ operation: Int, of joined: JoinedDocument, _ index: FragmentIndex) {
        let document = joined.document
        let node = document.operations[operation]
        let file = joined.place(node.offset).file
        var definitions = document.definitions.indices.filter {
            document.definitions[$0].kind == .operation && document.definitions[$0].index == UInt32(operation)
        }
        var known: Set<NameID> = []
        var open = index.spreads(in: node.selectionSet)
        while let name = open.popLast() {
            guard known.insert(name).inserted, let definition = index.definition(of: name, for: file) else { continue }
            definitions.append(definition)
            let fragment = document.fragments[Int(document.definitions[definition].index)]
            open += index.spreads(in: fragment.selectionSet)
        }
        text = Self.cut(definitions.sorted(), of: document)
    }

    /// The document with everything but some definitions blank.
    private static func cut(_ definitions: [Int], of document: Document) -> [UInt8] {
        let bytes = document.source.bytes
        var text: [UInt8] = []
        var position = 0
        for definition in definitions {
            let start = Int(document.definitions[definition].offset)
            let isLast = definition + 1 == document.definitions.count
            let end = isLast ? document.source.count : Int(document.definitions[definition + 1].offset)
            for byte in bytes[position..<start] {
                switch byte {
                case UInt8(ascii: "\n"), UInt8(ascii: "\r"): text.append(byte)
                // Columns count characters, so that one blank stands for all bytes of one.
                case 0x80..<0xC0: break
                default: text.append(UInt8(ascii: " "))
                }
            }
            text += bytes[start..<end]
            position = end
        }
        return text
    }
}

/// Where fragments are, and what they spread.
struct FragmentIndex {
    private let document: Document
    private var definitions: [NameID: [(file: String, definition: Int)]] = [:]

    init(_ joined: JoinedDocument) {
        document = joined.document
        for (position, definition) in document.definitions.enumerated() where definition.kind == .fragment {
            let name = document.fragments[Int(definition.index)].name.id
            definitions[name, default: []].append((joined.place(definition.offset).file, position))
        }
    }

    /// The position of a fragment's definition, in `file` if there is one.
    func definition(of name: NameID, for file: String) -> Int? {
        let candidates = definitions[name] ?? []
        return (candidates.first { $0.file == file } ?? candidates.first)?.definition
    }

    /// The fragments that a selection set spreads, at any depth.
    func spreads(in selectionSet: NodeRange<SelectionNode>) -> [NameID] {
        document[selectionSet].filter { $0.kind == .fragmentSpread }.map(\.name.id)
    }
}
