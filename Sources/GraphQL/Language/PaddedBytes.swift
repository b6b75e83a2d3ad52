/// Read access to the bytes of a `Source` without bounds checks, for the parser's innermost loops.
///
/// Valid only inside the `withUnsafeBytes` call that lent the bytes. Every scan stops at a zero byte at the latest and
/// looks no more than eight bytes behind its position, so that it never leaves the `Source.padding`. Debug builds check
/// that.
@safe struct PaddedBytes {
    // Safe by the invariant above: the parser is the only user, and it scans from zero to the padding.
    private let bytes: UnsafeRawBufferPointer

    @unsafe init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.bytes = bytes
    }

    @inline(__always)
    subscript(position: Int) -> UInt8 {
        unsafe bytes[position]
    }

    /// The eight bytes from `position` on, the first in the lowest bits.
    @inline(__always)
    func word(at position: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }
}
