/// Where a request stands in a trace: what the headers `traceparent` and `tracestate` say.
///
/// W3C Recommendation: Trace Context
package struct TraceContext: Hashable, Sendable {
    /// The whole trace's id: 32 lower-case hexadecimal digits, not all of them zeros.
    package let traceID: String
    /// The caller's id in it: 16 of them.
    package let parentID: String
    /// Whether the caller records the trace, and whether its id is random (bits 0 and 1).
    package let flags: UInt8
    /// What tracing systems have noted, each under its own key; nil without any.
    package let state: String?

    /// Reads the two headers. A malformed `traceparent` makes both count for nothing, as if the request began a trace;
    /// a malformed `tracestate` counts for nothing alone.
    ///
    /// Spec: 3.2 Traceparent Header, 4.3 Processing model
    package init?(traceparent: String, tracestate: String? = nil) {
        let bytes = Array(traceparent.utf8)
        // version "-" trace-id "-" parent-id "-" trace-flags
        guard bytes.count >= 55, [2, 35, 52].allSatisfy({ bytes[$0] == UInt8(ascii: "-") }),
            let version = UInt8(hexadecimal: bytes[0..<2]), version != 0xFF,
            // A later version may say more, behind a further hyphen.
            bytes.count == 55 || (version > 0 && bytes[55] == UInt8(ascii: "-")),
            let traceID = Self.identifier(bytes[3..<35]), let parentID = Self.identifier(bytes[36..<52]),
            let flags = UInt8(hexadecimal: bytes[53..<55])
        else { return nil }
        self.traceID = traceID
        self.parentID = parentID
        self.flags = flags & 0x03
        state = tracestate.flatMap(TraceState.passedOn)
    }

    /// The header as it is passed on, in version 00.
    package var traceparent: String {
        "00-\(traceID)-\(parentID)-0\(flags)"
    }

    /// Lower-case hexadecimal digits, not all of them zeros.
    private static func identifier(_ digits: ArraySlice<UInt8>) -> String? {
        guard digits.allSatisfy(isLowercaseHexadecimal), digits.contains(where: { $0 != UInt8(ascii: "0") }) else {
            return nil
        }
        return String(decoding: digits, as: UTF8.self)
    }
}

private func isLowercaseHexadecimal(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
}

extension UInt8 {
    /// Two lower-case hexadecimal digits.
    fileprivate init?(hexadecimal digits: ArraySlice<UInt8>) {
        guard digits.allSatisfy(isLowercaseHexadecimal) else { return nil }
        self.init(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
