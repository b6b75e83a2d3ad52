// Spec: 2.9
extension GrammarDocument {
    /// DefaultValue : = Value[Const]
    mutating func defaultValue() {
        guard entropy.isOne(in: 3) else { return }
        write("=")
        value(isConstant: true)
    }

    /// Value[Const]
    mutating func value(isConstant: Bool, depth: Int = 3) {
        switch entropy.number(below: depth > 0 ? 10 : 7) {
        case 0 where !isConstant:
            write("$")
            name()
        case 0, 1: write(entropy.element(of: ["0", "-0", "7", "-12", "99999999999999999999"]))
        case 2: write(entropy.element(of: ["0.0", "-1.5e+10", "1E5", "3.25", "1e-400"]))
        case 3, 4: string()
        case 5: write(entropy.element(of: ["true", "false", "null"]))
        case 6: name(except: ["true", "false", "null"])
        case 7:
            write("[")
            optional { document in document.some { $0.value(isConstant: isConstant, depth: depth - 1) } }
            write("]")
        default:
            write("{")
            optional { document in
                document.some { document in
                    document.name()
                    document.write(":")
                    document.value(isConstant: isConstant, depth: depth - 1)
                }
            }
            write("}")
        }
    }

    /// StringValue : quoted, or a block
    mutating func string() {
        if maybe() {
            let pieces = [
                "a", " ", "é", "😀", "#", "'", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t", "\\u0041",
                "\\u{1F600}", "\\u0085", "\\u00e9", "\\u0000", "\u{7F}", "\u{85}", "\u{2028}",
            ]
            literal("\"" + (0..<entropy.number(below: 8)).map { _ in entropy.element(of: pieces) }.joined() + "\"")
        } else {
            // Quotes and backslashes that don't end or escape anything.
            let pieces = [
                "a", " ", "  ", "\t", "\n", "\n", "\r\n", "\r", "é", "\"a", "\"\"a", "\\a", "\\\"\"\"", "\u{85}",
                String(repeating: "long ", count: 20),
            ]
            let content = (0..<entropy.number(below: 9)).map { _ in entropy.element(of: pieces) }.joined()
            literal("\"\"\"" + content + "\"\"\"")
        }
    }
}
