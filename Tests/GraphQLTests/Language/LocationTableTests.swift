import Testing

@testable import GraphQL

@Suite struct LocationTableTests {
    /// Line ends, a pair of them and a long character lie across every place where the table begins anew.
    @Test(arguments: ["a\n", "\r\n", "ab\r", "é", "🙂\r\nx"])
    func `a location is the one that reading from the start finds`(piece: String) {
        let source = Source("x" + String(repeating: piece, count: 2_000))
        let table = LocationTable(source)
        for offset in stride(from: UInt32(0), through: UInt32(source.count) + 2, by: 1) {
            let found = table.location(at: offset)
            guard found != source.location(at: offset) else { continue }
            Issue.record("at \(offset): \(found)")
            break
        }
    }
}
