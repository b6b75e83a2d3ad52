import GraphQL
import Testing

@testable import GraphQLTools

@Suite struct OracleLocationsTests {
    /// The engine's place of each character and of the end, and what graphql-core 3.2.8 answers for the same position.
    @Test(
        arguments: [
            ("ab", [[1, 1]: [1, 1], [1, 2]: [1, 2], [1, 3]: [1, 3]]),
            // The first column of a line is behind the end of the line before.
            ("a\nb", [[1, 2]: [1, 2], [2, 1]: [1, 2], [2, 2]: [2, 2]]),
            ("a\rb", [[2, 1]: [1, 2], [2, 2]: [2, 2]]),
            ("a\r\nb", [[1, 2]: [1, 2], [2, 1]: [1, 2], [2, 2]: [2, 2]]),
            ("a\n b", [[2, 1]: [1, 2], [2, 2]: [2, 2], [2, 3]: [2, 3]]),
            ("\n\nx", [[2, 1]: [1, 1], [3, 1]: [2, 1], [3, 2]: [3, 2]]),
            ("a\n", [[2, 1]: [1, 2]]),
            // Other line ends than the language's.
            ("a\u{2028}b", [[1, 2]: [1, 2], [1, 3]: [1, 2], [1, 4]: [2, 2]]),
            ("a\u{B}b", [[1, 3]: [1, 2], [1, 4]: [2, 2]]),
            ("a\u{C} b", [[1, 3]: [1, 2], [1, 4]: [2, 2], [1, 5]: [2, 3]]),
            ("a\u{85}\nb", [[1, 3]: [1, 2], [2, 1]: [2, 1], [2, 2]: [3, 2]]),
            // Columns count code points.
            ("é😀x", [[1, 3]: [1, 3], [1, 4]: [1, 4]]),
            // No places of the text.
            ("a", [[7, 1]: [0, 0], [1, 9]: [1, 9]]),
        ] as [(String, [[Int]: [Int]])])
    func `places are put where graphql-core puts them`(_ text: String, _ expected: [[Int]: [Int]]) {
        let locations = OracleLocations(text)
        let adapted = expected.keys.map { place in
            let location = locations.adapted(SourceLocation(line: place[0], column: place[1]).value)
            return (place, [location.line, location.column])
        }
        #expect(Dictionary(uniqueKeysWithValues: adapted) == expected)
    }
}
