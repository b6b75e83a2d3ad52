import FoundationEssentials

/// An `http` or `https` URL, taken apart as far as checks compare.
struct WebAddress: Hashable {
    let isEncrypted: Bool
    /// In lower case.
    let host: String
    let path: String

    init?(_ text: String) {
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
            ["http", "https"].contains(scheme), let host = url.host?.lowercased(), !host.isEmpty
        else { return nil }
        isEncrypted = scheme == "https"
        self.host = host
        path = url.path
    }

    /// Whether it never leaves this machine. RFC 6761 §6.3
    var isOfThisMachine: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.")
            || ["::1", "[::1]"].contains(host)
    }

    /// Whether both hosts are of one domain, as far as their last two labels tell.
    func isRelated(to other: WebAddress) -> Bool {
        if host == other.host || isOfThisMachine && other.isOfThisMachine { return true }
        guard !isNumeric, !other.isNumeric else { return false }
        let labels = (host.split(separator: "."), other.host.split(separator: "."))
        return labels.0.count > 1 && labels.0.suffix(2) == labels.1.suffix(2)
    }

    private var isNumeric: Bool { host.contains(":") || host.allSatisfy { $0 == "." || $0.isNumber } }
}
