package import AccordCore
import Crypto

extension StoredFile {
    /// A file whose content is in memory.
    package init(bytes: [UInt8]) {
        let digits = Array("0123456789abcdef")
        let hash = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        self.init(
            size: bytes.count,
            sha256: String(hash),
            head: Array(bytes.prefix(PDFCheck.windowLength)),
            tail: Array(bytes.suffix(PDFCheck.windowLength)),
            slice: { range in OneChunk(bytes: Array(bytes[range])) }
        )
    }
}

/// A sequence that gives all its bytes at once, to every reader anew.
private struct OneChunk: AsyncSequence, Sendable {
    let bytes: [UInt8]

    struct Iterator: AsyncIteratorProtocol {
        var remaining: [UInt8]?

        mutating func next() async throws -> [UInt8]? {
            defer { remaining = nil }
            return remaining
        }
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(remaining: bytes.isEmpty ? nil : bytes)
    }
}
