import Testing

@testable import GraphQL

/// The order of names in suggestions.
@Suite struct NaturalOrderTests {
    @Test(arguments: [
        ["", "1"], ["2", "10"], ["02", "1"], ["02", "10"], ["A", "AB"], ["A1", "A2", "A10"],
        ["A", "B", "_", "a", "aB"], ["item", "item2", "item2a", "item10", "item10a", "itemA"],
        ["v1_9", "v1_10", "v2_1"],
        ["a99999999999999999998", "a199999999999999999999"],
    ])
    func `numbers in names count as such`(names: [String]) {
        for (position, name) in names.enumerated() {
            #expect(!naturallyPrecedes(name, name))
            for other in names[(position + 1)...] {
                #expect(naturallyPrecedes(name, other), "\(name) \(other)")
                #expect(!naturallyPrecedes(other, name), "\(other) \(name)")
            }
        }
    }
}
