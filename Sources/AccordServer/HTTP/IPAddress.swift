import NIOCore

/// An address of IP version 4 or 6. Those of version 4 are kept as IPv6 maps them (RFC 4291 §2.5.5.2), so that both
/// spellings are one address.
package struct IPAddress: Hashable, Sendable {
    let bits: UInt128

    private static let mapped = UInt128(0xFFFF) << 32

    var isVersion4: Bool { bits >> 32 == 0xFFFF }

    /// The address of a socket; nil for a Unix domain socket.
    ///
    /// It lies behind the family and the port, and in version 6 the flow, as ip(7) and ipv6(7) have it.
    init?(_ socket: SocketAddress) {
        switch socket {
        case .v4(let address):
            bits = unsafe withUnsafeBytes(of: address.address) { bytes in
                unsafe Self.mapped | UInt128(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
            }
        case .v6(let address):
            bits = unsafe withUnsafeBytes(of: address.address) { bytes in
                unsafe UInt128(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt128.self))
            }
        case .unixDomainSocket:
            return nil
        }
    }

    /// Reads the text of an address, without a port; a zone (`%eth0`) is left out. Anything else is nil.
    ///
    /// RFC 4291 §2.2
    package init?(_ text: some StringProtocol) {
        let text = text.prefix { $0 != "%" }
        if let bits = Self.version4(text) {
            self.bits = Self.mapped | UInt128(bits)
        } else if let bits = Self.version6(text) {
            self.bits = bits
        } else {
            return nil
        }
    }

    private static func version4(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bits: UInt32 = 0
        for part in parts {
            guard part.utf8.count <= 3, part.isDecimal, let byte = UInt8(part) else { return nil }
            bits = bits << 8 | UInt32(byte)
        }
        return bits
    }

    private static func version6(_ text: some StringProtocol) -> UInt128? {
        var text = String(text)
        // The last 32 bits may be written as version 4 writes them.
        if let colon = text.lastIndex(of: ":"), let last = version4(text[text.index(after: colon)...]) {
            text = "\(text[...colon])\(String(last >> 16, radix: 16)):\(String(last & 0xFFFF, radix: 16))"
        }
        guard let gap = text.firstRange(of: "::") else {
            let groups = groups(text[...])
            return groups?.count == 8 ? groups.map(joined) : nil
        }
        guard let start = groups(text[..<gap.lowerBound]), let end = groups(text[gap.upperBound...]),
            start.count + end.count < 8
        else { return nil }
        return joined(start + Array(repeating: 0, count: 8 - start.count - end.count) + end)
    }

    private static func groups(_ text: Substring) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        for part in text.split(separator: ":", omittingEmptySubsequences: false) {
            guard (1...4).contains(part.utf8.count), part.first != "+", part.first != "-",
                let group = UInt16(part, radix: 16)
            else { return nil }
            groups.append(group)
        }
        return groups
    }

    private static func joined(_ groups: [UInt16]) -> UInt128 {
        groups.reduce(0) { $0 << 16 | UInt128($1) }
    }
}

extension IPAddress: CustomStringConvertible {
    /// A text that PostgreSQL's `inet` takes: version 4 with dots, version 6 in full.
    package var description: String {
        if isVersion4 {
            let bits = UInt32(truncatingIfNeeded: bits)
            return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
        }
        return stride(from: 112, through: 0, by: -16)
            .map { String(UInt16(truncatingIfNeeded: bits >> $0), radix: 16) }.joined(separator: ":")
    }
}

/// A network of addresses: those that begin with the same bits.
package struct IPNetwork: Hashable, Sendable {
    private let start: UInt128
    private let mask: UInt128

    /// Reads `10.0.0.0/8`, or a single address. Anything else is nil, also where bits are set behind the prefix.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = IPAddress(parts[0]) else { return nil }
        let width = address.isVersion4 && !parts[0].contains(":") ? 32 : 128
        var length = width
        if parts.count == 2 {
            guard parts[1].isDecimal, let number = Int(parts[1]), number <= width else { return nil }
            length = number
        }
        let hostBits = width - length
        mask = hostBits == 128 ? 0 : ~UInt128(0) << hostBits
        start = address.bits
        guard start & mask == start else { return nil }
    }

    /// Whether the network has an address.
    package func contains(_ address: IPAddress) -> Bool { address.bits & mask == start }
}

extension StringProtocol {
    /// Whether it is digits, and nothing else.
    fileprivate var isDecimal: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}
