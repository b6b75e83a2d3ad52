/// Bytes that are written together, in the pieces that they came in: gathering them in one place would copy them once more.
struct SpoolBatch {
    private(set) var pieces: [ArraySlice<UInt8>] = []
    private(set) var count = 0

    /// How many bytes are copied behind those before them: a piece of its own keeps all that it came with in memory.
    private static let smallPiece = 16 << 10

    /// Adds the next bytes.
    mutating func append(_ bytes: ArraySlice<UInt8>) {
        count += bytes.count
        if let last = pieces.indices.last, pieces[last].count + bytes.count <= Self.smallPiece {
            pieces[last] += bytes
        } else {
            pieces.append(bytes.count < Self.smallPiece ? Array(bytes)[...] : bytes)
        }
    }

    /// All the bytes.
    var joined: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        for piece in pieces { bytes += piece }
        return bytes
    }
}
