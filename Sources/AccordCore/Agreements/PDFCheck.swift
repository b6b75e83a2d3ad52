/// Tells a PDF by its content, whatever its name or declared type says.
///
/// The header `%PDF-` lies within the first 1,024 bytes and the trailer's `%%EOF` within the last 1,024, as readers
/// have always accepted them (PDF Reference 1.7, appendix H, implementation notes 13 and 18).
package enum PDFCheck {
    /// How many bytes of each end are looked at.
    package static let windowLength = 1_024

    /// Whether a file with these ends is a PDF.
    ///
    /// - Parameters:
    ///   - head: The file's first bytes, at least 1,024 unless it is shorter.
    ///   - tail: The file's last bytes, at least 1,024 unless it is shorter.
    /// - Returns: True for a PDF.
    package static func isPDF(head: [UInt8], tail: [UInt8]) -> Bool {
        contains("%PDF-", in: head.prefix(windowLength)) && contains("%%EOF", in: tail.suffix(windowLength))
    }

    private static func contains(_ marker: StaticString, in bytes: ArraySlice<UInt8>) -> Bool {
        let marker = Array(String(describing: marker).utf8)
        guard bytes.count >= marker.count else { return false }
        return (bytes.startIndex...bytes.endIndex - marker.count).contains { bytes[$0...].starts(with: marker) }
    }
}
