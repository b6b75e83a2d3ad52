/// A random document made by the productions of the grammar, all of them: it parses, whatever it means.
///
/// Spec: Appendix C, Document
struct GrammarDocument {
    private(set) var tokens: [GrammarToken] = []
    var entropy: Entropy

    init(_ entropy: Entropy) {
        self.entropy = entropy
        for _ in 0...self.entropy.number(below: 5) { definition() }
    }

    /// The text, with random ignored tokens between the others.
    mutating func text() -> String {
        var text = ""
        for (position, token) in tokens.enumerated() {
            let mayTouch = position == 0 || token.isPunctuator || tokens[position - 1].isPunctuator
            text += mayTouch && entropy.isOne(in: 3) ? "" : ignored() + (mayTouch ? "" : " ")
            text += token.text
        }
        return text + ignored()
    }

    private mutating func ignored() -> String {
        entropy.element(of: [" ", " ", " ", "\n", "\r\n", "\r", "\t", ",", " , ", "\u{FEFF}", "# a \"comment\" {é\n"])
    }

    // MARK: Building blocks

    mutating func write(_ texts: String...) {
        tokens += texts.map { GrammarToken($0) }
    }

    /// True half of the time.
    mutating func maybe() -> Bool { entropy.isOne(in: 2) }

    /// One to three times.
    mutating func some(_ production: (inout Self) -> Void) {
        for _ in 0...entropy.number(below: 3) { production(&self) }
    }

    mutating func optional(_ production: (inout Self) -> Void) {
        if maybe() { production(&self) }
    }

    mutating func optionalToken(_ text: String) {
        if maybe() { tokens.append(GrammarToken(optional: text)) }
    }

    mutating func replaceToken(at position: Int, with token: GrammarToken) { tokens[position] = token }

    mutating func literal(_ text: String) { tokens.append(GrammarToken(literal: text)) }

    mutating func name(except excluded: [String] = []) {
        let names = [
            "a", "b", "Type", "_", "__x9", "on", "query", "mutation", "subscription", "fragment", "type", "schema",
            "extend", "input", "enum", "union", "interface", "scalar", "directive", "implements", "repeatable", "true",
            "false", "null",
        ]
        write(entropy.element(of: names.filter { !excluded.contains($0) }))
    }

    /// Description : StringValue
    mutating func description() {
        if entropy.isOne(in: 3) { string() }
    }

    /// Type : Name | [ Type ], either with or without a `!`
    mutating func type(depth: Int = 3) {
        if depth > 0, entropy.isOne(in: 3) {
            write("[")
            type(depth: depth - 1)
            write("]")
        } else {
            name()
        }
        if entropy.isOne(in: 3) { write("!") }
    }

    /// Directives[Const] : Directive+
    mutating func directives(isConstant: Bool) {
        while entropy.isOne(in: 3) {
            write("@")
            name()
            arguments(isConstant: isConstant)
        }
    }

    /// Arguments[Const] : ( Argument+ )
    mutating func arguments(isConstant: Bool) {
        guard entropy.isOne(in: 3) else { return }
        write("(")
        some { document in
            document.name()
            document.write(":")
            document.value(isConstant: isConstant)
        }
        write(")")
    }

    private mutating func definition() {
        switch entropy.number(below: 12) {
        case 0...3: operation()
        case 4, 5: fragment()
        default: typeSystemDefinition()
        }
    }
}
