import CZlib

/// Bytes made smaller.
///
/// RFC 1952
package enum Gzip {
    /// Compresses bytes whole, as a gzip file.
    ///
    /// - Parameters:
    ///   - bytes: what is compressed, less than 2 GiB.
    ///   - level: from 1, the fastest, to 9, the smallest.
    /// - Returns: the file; nil when there is no memory for it.
    package static func compress(_ bytes: [UInt8], level: Int32 = 1) -> [UInt8]? {
        guard let count = UInt32(exactly: bytes.count), count < 1 << 31 else { return nil }
        let room = UInt32(czlib_gzip_bound(UInt(count)))
        let file = unsafe [UInt8](unsafeUninitializedCapacity: Int(room)) { output, length in
            length = unsafe bytes.withUnsafeBufferPointer { input in
                unsafe Int(czlib_gzip(input.baseAddress, count, output.baseAddress, room, level))
            }
        }
        return file.isEmpty ? nil : file
    }
}
