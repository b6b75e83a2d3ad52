import S3
import TestSupport
import Testing

/// What only a stricter store than rclone checks.
@Suite(.enabled(if: S3Account.external != nil, "ACCORD_TEST_S3_ENDPOINT names no store"), .timeLimit(.minutes(5)))
struct StrictStoreTests {
    @Test func `a body that differs from its signed hash is refused, and nothing is stored`() async throws {
        let client = try await Store.external.client()
        let key = Store.key()
        await #expect {
            try await client.putObject(
                key: key,
                chunks: Chunks([[1, 2, 3]]),
                length: 3,
                sha256: String(repeating: "0", count: 64),
                contentType: "application/pdf"
            )
        } throws: { error in
            if case S3Error.refused(400...499, _, _) = error { true } else { false }
        }
        #expect(try await client.headObject(key: key) == nil)
    }

    @Test func `another region in the signature is refused`() async throws {
        let client = try await Store.external.client(region: "eu-north-9")
        await #expect {
            _ = try await client.getObject(key: Store.key(), maximumBytes: 1)
        } throws: { error in
            if case S3Error.refused(400...403, _, _) = error { true } else { false }
        }
    }
}
