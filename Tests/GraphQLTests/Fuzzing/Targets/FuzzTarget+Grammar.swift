import GraphQL

extension FuzzTarget {
    /// A document made by the grammar parses; printed, it has the same tokens with the same meaning, but for those that
    /// mean nothing; and what was printed parses and prints as itself.
    static func grammarProblem(_ input: [UInt8]) -> String? {
        var generated = GrammarDocument(Entropy(input))
        let text = generated.text()
        do throws(SyntaxError) {
            let printed = Printer.print(try Document(parsing: text))
            let again = Printer.print(try Document(parsing: printed))
            if again != printed { return "printed differently the second time:\n\(again)\n\(printed)" }
            return difference(meanings(GrammarToken.tokens(of: printed)), meanings(generated.tokens)).map {
                "\($0) in\n\(printed)\nof \(text)"
            }
        } catch {
            return "refused: \(error) in \(text)"
        }
    }

    private static func difference(_ printed: [String], _ generated: [String]) -> String? {
        if printed == generated { return nil }
        let position = zip(printed, generated).prefix { $0 == $1 }.count
        return "token \(position) is \(printed[position...].prefix(2)) instead of \(generated[position...].prefix(2))"
    }

    /// What tokens stand for, but for those that may be left out, such as the word `query` before braces. A name of that
    /// spelling may stand before the word, or before the braces alone: all of them are left out.
    private static func meanings(_ tokens: [GrammarToken]) -> [String] {
        var meanings: [String] = []
        for meaning in tokens.lazy.compactMap(\.meaning) {
            if meaning == "{" { while meanings.last == "query" { meanings.removeLast() } }
            meanings.append(meaning)
        }
        return meanings
    }
}
