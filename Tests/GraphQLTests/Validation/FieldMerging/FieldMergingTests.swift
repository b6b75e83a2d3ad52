import Testing

@testable import GraphQL

/// The engine's way to merge fields, by sets, beside the specification's, by pairs.
@Suite struct FieldMergingTests {
    private static let documents = 1_000

    @Test(arguments: [1, 2, FuzzSeed.random])
    func `random documents get the verdict that the specification's algorithm gives`(_ seed: UInt64) throws {
        print("Merging fields with ACCORD_FUZZ_SEED=\(seed)")
        let schema = try MergingDocument.schema.get()
        var entropy = Entropy(seed: seed)
        var refused = 0
        for _ in 0..<Self.documents {
            let text = MergingDocument(&entropy).text
            let document = try Document(parsing: text)
            let isMergeable = FieldsInSetCanMerge(schema: schema, document: document).holdsEverywhere()
            let errors = schema.validate(document, rules: [.overlappingFieldsCanBeMerged])
            if !isMergeable { refused += 1 }
            #expect(errors.isEmpty == isMergeable, "seed \(seed): \(text)")
        }
        // Both verdicts must be frequent, or nothing is tested.
        #expect((Self.documents / 5...Self.documents * 4 / 5).contains(refused), "\(refused) have conflicts")
    }
}
