import Curl
import Foundation
import S3
import TestSupport
import Testing

/// Objects that are read as they come.
@Suite(.enabled(if: !Store.available.isEmpty, "\(S3Server.missing)"), .timeLimit(.minutes(5)))
struct OpenObjectTests {
    @Test(arguments: Store.available)
    func `an object is read whole, or in part, and knows its whole size`(store: Store) async throws {
        let client = try await store.client()
        let key = Store.key("a b.pdf")
        let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let object = NewObject(bytes, at: key)
        try await client.putObject(object)
        for range in [nil, 0...0, 10...499_999, 999_999...999_999] as [ClosedRange<Int>?] {
            let found = try #require(try await client.openObject(key: key, range: range))
            #expect(found.head.size == bytes.count)
            #expect(found.head.metadata["sha256"] == object.sha256)
            #expect(
                try await found.chunks.collected(maximumBytes: bytes.count).body
                    == range.map { Array(bytes[$0]) } ?? bytes)
        }
        try await client.deleteObject(key: key)
        #expect(try await client.openObject(key: key)?.head == nil)
    }
}
