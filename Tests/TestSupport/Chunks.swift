/// A body in given chunks, which may be iterated again; `before` runs ahead of each, with its index, and may wait or
/// throw.
package struct Chunks: AsyncSequence, Sendable {
    package typealias Failure = any Error

    private let chunks: [[UInt8]]
    private let before: @Sendable (Int) async throws -> Void

    package init(_ chunks: [[UInt8]], before: @escaping @Sendable (Int) async throws -> Void = { _ in }) {
        self.chunks = chunks
        self.before = before
    }

    package func makeAsyncIterator() -> Iterator {
        Iterator(chunks: chunks, before: before)
    }

    package struct Iterator: AsyncIteratorProtocol {
        fileprivate let chunks: [[UInt8]]
        fileprivate let before: @Sendable (Int) async throws -> Void
        private var index = 0

        fileprivate init(chunks: [[UInt8]], before: @escaping @Sendable (Int) async throws -> Void) {
            self.chunks = chunks
            self.before = before
        }

        package mutating func next() async throws -> [UInt8]? {
            guard index < chunks.count else { return nil }
            try await before(index)
            defer { index += 1 }
            return chunks[index]
        }
    }
}
