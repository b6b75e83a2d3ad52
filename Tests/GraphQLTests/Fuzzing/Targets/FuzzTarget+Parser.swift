@testable import GraphQL

extension FuzzTarget {
    /// A document is printed as a text that parses as the same, and takes nodes and memory in proportion to its text; an error lies within the
    /// text. In what pieces the bytes are held makes no difference.
    static func parserProblem(_ input: [UInt8]) -> String? {
        do throws(SyntaxError) {
            let document = try Document(parsing: input)
            if document.nodeCount > 2 * input.count + 4 { return "\(document.nodeCount) nodes" }
            let memory = document.estimatedBytes
            if memory > 64 * input.count + 8192 { return "\(memory) bytes of memory" }
            let printed = Printer.print(document)
            if let problem = roundTripProblem(printed) { return problem }
            for pieces in pieces(of: input) {
                guard let other = try? Document(parsing: pieces) else { return "refused in pieces" }
                if Printer.print(other) != printed { return "another document in pieces" }
            }
            return nil
        } catch {
            if !error.message.hasPrefix("Syntax Error: ") { return "worded as no syntax error: \(error.message)" }
            if !isInside(error.location, input) { return "an error outside of the text: \(error)" }
            for pieces in pieces(of: input) {
                do throws(SyntaxError) {
                    _ = try Document(parsing: pieces)
                    return "accepted in pieces"
                } catch let other {
                    if other != error { return "another error in pieces" }
                }
            }
            return nil
        }
    }

    private static func roundTripProblem(_ printed: String) -> String? {
        do throws(SyntaxError) {
            let again = Printer.print(try Document(parsing: printed, limits: .trusted))
            return again == printed ? nil : "printed differently the second time: \(printed)"
        } catch {
            return "what was printed doesn't parse: \(error) in \(printed)"
        }
    }

    /// The same bytes as a part of an array, and as pieces one behind the other.
    private static func pieces(of input: [UInt8]) -> [AnyCollection<UInt8>] {
        let within = ([0x7B] + input + [0x7D]).dropFirst().dropLast()
        return [
            AnyCollection(within), AnyCollection(Pieces(input, size: 1)), AnyCollection(Pieces(input, size: 7)),
        ]
    }
}

/// Bytes that don't lie side by side.
private struct Pieces: Collection {
    private let pieces: [[UInt8]]
    private let size: Int
    let endIndex: Int

    init(_ bytes: [UInt8], size: Int) {
        pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<Swift.min($0 + size, bytes.count)]) }
        self.size = size
        endIndex = bytes.count
    }

    var startIndex: Int { 0 }
    func index(after index: Int) -> Int { index + 1 }
    subscript(index: Int) -> UInt8 { pieces[index / size][index % size] }
}

extension Document {
    /// How many nodes there are, of all kinds.
    fileprivate var nodeCount: Int {
        definitions.count + operations.count + fragments.count + variableDefinitions.count + selections.count
            + arguments.count + directives.count + values.count + types.count + schemaDefinitions.count
            + typeDefinitions.count + directiveDefinitions.count + rootOperationTypes.count + fieldDefinitions.count
            + inputValueDefinitions.count + enumValueDefinitions.count + nameReferences.count
    }
}
